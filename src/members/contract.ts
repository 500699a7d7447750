/** What a member takes along: the file that their page gives them, of one referral. */
import { z } from 'zod'
import { day, moment, openEnum, referralId, spaceId } from '../platform/contract.ts'
import { dispute } from '../referrals/contract-card.ts'
import {
  needs,
  notJoinedReasons,
  outcomes,
  stages,
  statuses,
  stays,
  termsKinds,
} from '../referrals/contract-choices.ts'

const words = (max: number) => z.string().max(max).nullable()

const place = z.strictObject({ id: spaceId, name: z.string().max(120), city: z.string().max(120) })

/** The most that a file lists of openings: an hourly one for a month and more, by both spaces. */
export const mostOpenings = 2_000

const seenBy = z.strictObject({
  spaceId,
  role: z.enum(['sender', 'receiver']),
  brief: z.boolean().meta({ description: 'Whether it can read what was written about you.' }),
  contact: z.boolean().meta({ description: 'Whether it can read how to reach you.' }),
})

/** Nothing goes into the file that is not named here: not why a space said no, nor what spaces wrote to each other about that. */
export const memberExport = z.strictObject({
  exportedAt: moment,
  referralId,
  status: openEnum(statuses),
  linkWorksUntil: moment,
  keptUntil: moment.nullable().meta({
    description: 'Until when the words about you are kept; null while nobody can know, or they are gone.',
  }),
  erasedAt: moment
    .nullable()
    .meta({ description: 'Since when the words about you are gone; null while they are kept.' }),
  spaces: z.strictObject({
    sender: place,
    receiver: place,
    origin: place.meta({ description: 'Who introduced you first.' }),
    forwardedTo: place.nullable(),
  }),
  person: z.strictObject({ name: z.string().max(120), email: words(254), phone: words(30) }).nullable(),
  language: words(35),
  reference: words(64).meta({ description: 'What the sender calls this introduction in its own books.' }),
  brief: z.strictObject({ summary: z.string().max(500), note: words(1_000) }).nullable(),
  stay: openEnum(stays),
  needs,
  consent: z.strictObject({
    kind: openEnum(['attested', 'link']),
    how: words(40),
    obtainedOn: day.nullable(),
    named: z.boolean().meta({ description: 'Whether you agreed to be introduced by name.' }),
    grantedAt: moment.nullable().meta({ description: 'When you said yes by the link.' }),
    toldAt: moment.nullable().meta({ description: 'When you were told that you had been introduced.' }),
  }),
  question: words(1_000),
  answer: words(1_000),
  message: words(1_000),
  terms: z.strictObject({ kind: openEnum(termsKinds), note: words(1_000) }).nullable(),
  course: z.strictObject({
    createdAt: moment,
    sentAt: moment.nullable(),
    acceptedAt: moment.nullable(),
    scheduledFor: moment.nullable(),
    noShows: z.int().min(0).max(100),
    visitedOn: day.nullable(),
    reached: openEnum(stages).nullable(),
    outcome: openEnum(outcomes).nullable(),
    outcomeReason: openEnum(notJoinedReasons).nullable(),
    joinedAt: moment.nullable(),
    leftAt: moment.nullable(),
    closedAt: moment.nullable(),
  }),
  memberReport: openEnum([...stages, 'left'])
    .nullable()
    .meta({ description: 'The most that you told here.' }),
  claim: z
    .strictObject({ stage: openEnum(stages), by: openEnum(['sender', 'member']), at: moment })
    .nullable(),
  dispute: dispute.nullable(),
  events: z
    .array(
      z.strictObject({
        at: moment,
        event: z.string().max(40),
        by: openEnum(['sender', 'receiver', 'member', 'steward', 'clock']),
        status: openEnum(statuses),
      }),
    )
    .max(10_000),
  seenBy: z.array(seenBy).max(2),
  contactOpenings: z
    .array(z.strictObject({ at: moment, spaceId }))
    .max(mostOpenings)
    .meta({
      description:
        'When a space opened how to reach you, the latest first; once an hour for each of its people.',
    }),
  hasMoreOpenings: z.boolean().meta({ description: 'Whether there were more before these.' }),
  points: z
    .array(
      z.strictObject({
        at: moment,
        stage: openEnum(stages),
        kind: openEnum(['posting', 'reversal', 'release']),
        points: z.int().min(-1_000).max(1_000),
      }),
    )
    .max(1_000)
    .meta({
      description: 'What this introduction counted for between the spaces. You owe nobody anything for it.',
    }),
})
export type MemberExport = z.output<typeof memberExport>

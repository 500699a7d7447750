/** The shapes of a referral: what is sent, and what one referral shows. */
import { z } from 'zod'
import { day, language, line, openEnum, prose, spaceId } from '../platform/contract.ts'
import { nudge } from '../reciprocity/contract.ts'
import { cardFields, exampleCard } from './contract-card.ts'
import { needs, stays } from './contract-choices.ts'

export const externalRef = line(64).meta({
  description: 'Your own reference: unique among your referrals, never shown to the other side.',
})
const phone = z
  .string()
  .regex(/^\+[1-9][0-9 ().-]{5,28}$/)
  .max(30)
  .meta({
    description: 'With the country code (E.164; blanks and dashes are allowed).',
    examples: ['+33 6 12 34 56 78'],
  })

const member = z
  .strictObject({
    name: line(120),
    email: z.email().max(254).exactOptional(),
    phone: phone.exactOptional(),
    language: language.exactOptional().meta({
      description:
        'What the member reads: mails to them and their page are in that language where Waggle speaks it (en, fr, de, es, pt, by its primary subtag), in English where it does not.',
    }),
  })
  .meta({
    id: 'Member',
    description: 'The person referred; `email` or `phone` is required. Sealed until the receiver accepts.',
  })

const brief = z
  .strictObject({
    summary: prose(500).min(1).meta({ description: 'Who would come and why, without saying who it is.' }),
    stay: z.enum(stays).default('visit'),
    needs: needs.exactOptional(),
  })
  .meta({ id: 'Brief', description: 'The anonymous fit card: all that the receiver sees before accepting.' })

const attestedConsent = z
  .strictObject({
    kind: z.literal('attested'),
    obtainedOn: day,
    how: z.enum(['in_person', 'by_phone', 'by_mail', 'in_writing']),
    named: z.boolean().default(false),
  })
  .meta({
    id: 'AttestedConsent',
    description: 'You state how and when the member agreed; the member is told at once.',
  })

const linkConsent = z.strictObject({ kind: z.literal('link'), named: z.boolean().default(false) }).meta({
  id: 'LinkConsent',
  description: 'Waggle mails the member a link; the referral is sent when the member agrees.',
})

const consent = z.discriminatedUnion('kind', [attestedConsent, linkConsent])

export const sendBody = z
  .strictObject({
    toSpaceId: spaceId,
    member,
    brief,
    consent,
    note: prose(1_000).exactOptional().meta({ description: 'Your recommendation; shown with the brief.' }),
    externalRef: externalRef.exactOptional(),
    draft: z.boolean().default(false).meta({ description: 'True keeps it a draft, to be submitted later.' }),
  })
  .meta({ id: 'NewReferral' })
export type SendBody = z.output<typeof sendBody>

export const referral = z
  .object({
    ...cardFields,
    brief: z.object({ summary: z.string().max(500), stay: openEnum(stays), needs }).nullable(),
    note: z.string().max(1_000).nullable(),
    member: z
      .object({
        name: z.string().max(120),
        email: z.string().max(254).nullable(),
        phone: z.string().max(30).nullable(),
      })
      .nullable()
      .meta({
        description: 'Shown on reading the referral only, and to the receiver after acceptance only.',
      }),
    message: z.string().max(1_000).nullable(),
    termsNote: z.string().max(500).nullable(),
    declineNote: z.string().max(500).nullable(),
    question: z.string().max(1_000).nullable().meta({ description: 'What the receiver asked last.' }),
    answer: z.string().max(1_000).nullable(),
    disputeNote: z.string().max(1_000).nullable(),
    disputeAnswer: z
      .string()
      .max(1_000)
      .nullable()
      .meta({ description: 'What the sender wrote to a dispute.' }),
    memberUrl: z.string().max(300).nullable().meta({
      description:
        'For the sender of a member without e-mail: pass it on, then confirm it. After that it is shown only when it is renewed.',
    }),
    inviteUrl: z.string().max(300).nullable().meta({
      description:
        'For a space that is not in the network yet: pass it on. Valid for 14 days, unless the network’s policy says otherwise, and until the referral is withdrawn.',
    }),
    nudge: nudge.nullable().meta({
      description: 'In the answer to an acceptance: your space has taken in far more than it gave.',
    }),
  })
  .meta({ id: 'Referral' })
export type Referral = z.output<typeof referral>

export const exampleReferral: Referral = {
  ...exampleCard,
  brief: {
    summary: 'Illustrator, moving to Lyon in March, wants quiet and daylight',
    stay: 'relocate',
    needs: exampleCard.needs,
  },
  note: 'She organised our drawing nights.',
  member: null,
  message: null,
  termsNote: null,
  declineNote: null,
  question: null,
  answer: null,
  disputeNote: null,
  disputeAnswer: null,
  memberUrl: null,
  inviteUrl: null,
  nudge: null,
}

import type { Deps } from '../platform/context.ts'
import { millisOf } from '../platform/clock.ts'
import { readUnscoped } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import type { OutboxRow } from '../platform/jobs/outbox-rows.ts'
import type { Policy } from '../platform/policy.ts'
import { textsOf } from '../referrals/cards.ts'
import { duesOf } from '../referrals/clocks.ts'
import type { ReferralEvent } from '../referrals/lifecycle.ts'
import { isContactOpen, type Texts } from '../referrals/view.ts'
import { readWholeReferral, type Place, type WholeReferral } from '../referrals/whole-referral.ts'
import type { Fact } from './letter.tsx'

export type Side = 'sender' | 'receiver'

/** What a letter to one of the two spaces is written from. */
export interface Matter {
  readonly whole: WholeReferral
  /** The space that is written to, and the one at the other end. */
  readonly reader: Place
  readonly other: Place
  /** The member's name, when the reader may know it now. */
  readonly who: string | null
  /** What the two spaces have said to each other, by kind. */
  readonly words: Texts
  /** When the mail was promised, RFC 3339. */
  readonly at: string
  /** Milliseconds since 1970. */
  readonly now: number
  readonly policy: Policy
}

/** Reads the referral of an outbox row again, as it stands now, with the eyes of one side. */
export const readMatter = async (deps: Deps, row: OutboxRow, side: Side): Promise<Matter | null> => {
  const target = targetOf(row)
  const [whole, words] = await Promise.all([
    readWholeReferral(deps, target),
    readUnscoped(deps, (tx) => textsOf(deps, tx, target.senderId, target.referralId)),
  ])
  if (!whole) return null
  const { sender, receiver } = whole
  return {
    whole,
    ...(side === 'sender' ? { reader: sender, other: receiver } : { reader: receiver, other: sender }),
    who: maySee(whole, side) ? (whole.contact?.name ?? null) : null,
    words,
    at: row.at,
    now: deps.clock.now(),
    policy: deps.policy,
  }
}

const maySee = ({ card, isOpenToReceiver }: WholeReferral, side: Side) =>
  side === 'sender' ? isContactOpen(card) : isOpenToReceiver

/** Rows of mails stand with the sender of their referral. */
export const targetOf = ({ spaceId, subjectId }: OutboxRow) => ({
  senderId: spaceId,
  referralId: subjectId as Id<'referral'>,
})

/**
 * When the clock brings `event` about as things stand, in milliseconds since 1970. Undefined when it does not, or is about
 * to: then nobody needs to be asked before it any more.
 */
export const dueOf = (
  { whole, policy, now }: Pick<Matter, 'whole' | 'policy' | 'now'>,
  event: ReferralEvent,
): number | undefined => duesOf(whole.card, policy).find((due) => due.event === event && due.at > now)?.at

/** Whether the mail was promised at `moment` or after it; else a later mail says the same with more reason. */
export const isFrom = ({ at }: Pick<Matter, 'at'>, moment: string | null | undefined): boolean =>
  typeof moment === 'string' && millisOf(at) >= millisOf(moment)

/** Which referral it is about, as far as the reader may know. */
export const about = ({ whole: { card, brief }, who }: Matter): Fact[] => [
  ...(who === null ? [] : [{ term: 'Who', text: who }]),
  ...(brief ? [{ term: 'In short', text: brief.summary }] : []),
  referralFact(card.id),
]

/** By this the referral is found in Waggle. */
export const referralFact = (id: string): Fact => ({ term: 'Referral', text: id })

export const whyOf = ({ reader }: Matter): string =>
  `You get this because this is the address of ${reader.name} in Waggle.`

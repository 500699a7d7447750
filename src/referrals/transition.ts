import { referralEvents, referralTexts } from '../../db/schema/referrals.ts'
import { millisOf } from '../platform/clock.ts'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { mutate, type Happening, type WriteTx } from '../platform/database/door.ts'
import { rowsOf, type Rows } from '../platform/database/statements.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { newId, type Id } from '../platform/ids.ts'
import type { Stage } from '../reciprocity/balance.ts'
import { pendingRows, settle, type Settlement } from '../reciprocity/settle.ts'
import {
  lockedCards,
  patchCards,
  patchValues,
  textRow,
  textsOf,
  type CardRow,
  type PeerRow,
  type TextKind,
  nextUpdate,
} from './cards.ts'
import type { Referral } from './contract-referral.ts'
import {
  isOpen,
  legalEvents,
  nextStatuses,
  phaseOf,
  type Party,
  type ReferralEvent,
  type Status,
} from './lifecycle.ts'
import { isContactOpen, referralEtag, referralView } from './view.ts'

/** The cards of a referral while a transition holds them. */
export interface Locked {
  readonly mine: CardRow
  readonly peer: PeerRow
  readonly senderId: Id<'space'>
  readonly receiverId: Id<'space'>
  /** The spaces that have a card: the receiver has one once the referral was sent. */
  readonly holders: readonly Id<'space'>[]
}

/** What a verb makes of a transition. */
export interface Step {
  readonly to: Status
  readonly patch?: Partial<CardRow>
  /** Words that both sides may read. */
  readonly texts?: Partial<Record<TextKind, string>>
  /** Words or rows for one side alone. */
  readonly rows?: readonly Rows[]
  readonly reason?: string
  readonly reached?: Stage
  /** True when the referral reaches the receiver now. */
  readonly delivers?: boolean
  readonly events?: readonly Happening[]
}

interface Transition {
  readonly event: ReferralEvent
  /** The verb, as the audit log names it. */
  readonly action: string
  readonly referralId: Id<'referral'>
  readonly ifMatch?: string | undefined
  /** Who brings it about, when that is not the caller's own space. */
  readonly as?: { readonly spaceId: Id<'space'>; readonly party: Party }
  readonly step: (locked: Locked, tx: WriteTx) => Promise<Step> | Step
}

/** Events that the API offers so far; what a 409 lists is what the caller can do about it. */
const offered = new Set<ReferralEvent>([
  'submit',
  'accept',
  'decline',
  'withdraw',
  'record-visit',
  'start-trial',
  'close',
])

/**
 * One event in the life of a referral, by the space that the caller acts for. Both cards are locked, the table decides,
 * and cards, events, words, points and outbox change together.
 * @throws Problem `not_found` for a space without a card, `illegal_transition`, `precondition_failed`
 */
export const transition = (ctx: Ctx, change: Transition): Promise<Referral> =>
  mutate(ctx, 'referrals:write', async (tx) => {
    const spaceId = change.as?.spaceId ?? spaceOf(ctx)
    const locked = await lock(tx, spaceId, change.referralId)
    requireMatch(locked.mine, change.ifMatch)
    const party = change.as?.party ?? locked.mine.role
    const step = await decide(tx, locked, change, party)
    // The words are read behind the writes in the same pipeline, so they hold what was written.
    const [card, texts] = await Promise.all([
      apply(ctx, tx, { locked, event: change.event, party, step }),
      textsOf(ctx, tx, spaceId, change.referralId),
    ])
    return {
      result: referralView(ctx, card, locked.peer, texts),
      events: happenings(locked, card, change.event, step),
      audit: { action: change.action, objectId: card.id, spaceId },
    }
  })

export const lock = async (tx: WriteTx, spaceId: Id<'space'>, id: Id<'referral'>): Promise<Locked> => {
  const cards = await lockedCards(tx, spaceId, id)
  const own = cards.find(({ card }) => card.spaceId === spaceId)
  if (!own) throw notFound()
  const { card: mine, peer } = own
  // While we waited for this lock it was sent: the receiver's new card is not in our snapshot, so look again.
  if (mine.sentAt !== null && cards.length === 1) return lock(tx, spaceId, id)
  const [senderId, receiverId] = mine.role === 'sender' ? [spaceId, mine.peerId] : [mine.peerId, spaceId]
  return { mine, peer, senderId, receiverId, holders: cards.map(({ card }) => card.spaceId) }
}

/** RFC 9110 §13.1.1 */
export const requireMatch = (card: CardRow, ifMatch: string | undefined) => {
  if (ifMatch === undefined || ifMatch.trim() === '*') return
  const current = referralEtag({ ...card, contactOpen: isContactOpen(card), consent: card })
  if (!ifMatch.split(',').some((tag) => tag.trim() === current)) {
    throw new Problem('precondition_failed', 'The referral has changed since you read it.', {
      headers: { etag: current },
    })
  }
}

/** Asks the table, then the verb. */
const decide = async (
  tx: WriteTx,
  locked: Locked,
  { event, step }: Pick<Transition, 'event' | 'step'>,
  party: Party,
): Promise<Step> => {
  const from = locked.mine.status as Status
  const targets = nextStatuses(from, event, party)
  if (!targets) throw illegal(from, event, party)
  const decided = await step(locked, tx)
  if (!targets.includes(decided.to)) throw new Error(`${event} does not lead from ${from} to ${decided.to}`)
  return decided
}

const illegal = (from: Status, event: ReferralEvent, party: Party) => {
  const legal = legalEvents(from, party).filter((one) => offered.has(one))
  const hint = legal.length > 0 ? `You may: ${legal.join(', ')}.` : 'Nothing is left to do on your side.'
  return new Problem('illegal_transition', `A referral that is ${from} does not take ${event}. ${hint}`, {
    members: { currentStatus: from, legalEvents: legal },
  })
}

interface Application {
  readonly locked: Locked
  readonly event: ReferralEvent
  readonly party: Party
  readonly step: Step
}

/** Writes what was decided; the statements share one round trip. @returns the caller's card as it stands now */
const apply = async (
  ctx: Ctx,
  tx: WriteTx,
  { locked, event, party, step }: Application,
): Promise<CardRow> => {
  const { mine, holders } = locked
  const patch: Partial<CardRow> = {
    ...step.patch,
    status: step.to,
    phase: phaseOf(step.to),
    version: mine.version + 1,
    updatedAt: nextUpdate(mine, tx.now),
    ...(isOpen(mine.status as Status) && !isOpen(step.to) && { closedAt: tx.now }),
  }
  const settlement = settlementOf(locked, step)
  const words = { from: mine.status as Status, event, party, ...step }
  await Promise.all([
    tx.write(patchCards, patchValues(mine.id, [...holders], patch)),
    tx.insert(
      rowsOf(referralEvents, eventRows(tx, mine.id, reachedBy(locked, step), mine.version + 1, words)),
      rowsOf(referralTexts, sharedTexts(ctx, mine.id, holders, step.texts)),
      ...(settlement.opened ? [pendingRows(tx, settlement)] : []),
      ...(step.rows ?? []),
    ),
    // A referral that never reached the receiver has nothing to do with what stands between the two.
    ...(step.delivers || holders.length > 1 ? [settle(tx, settlement)] : []),
  ])
  return { ...mine, ...patch }
}

/** Who knows of the event: the receiver from the moment in which the referral reaches it. */
const reachedBy = ({ holders, senderId, receiverId }: Locked, step: Step) =>
  step.delivers ? [senderId, receiverId] : holders

interface EventWords {
  readonly from: Status | null
  readonly to: Status
  /** A referral that is kept as a draft begins with `draft`. */
  readonly event: ReferralEvent | 'draft'
  readonly party: Party
  readonly reason?: string
}

/** The same event in the history of each side. */
export const eventRows = (
  tx: WriteTx,
  referralId: Id<'referral'>,
  holders: readonly Id<'space'>[],
  seq: number,
  { from, to, event, party, reason }: EventWords,
) =>
  holders.map((spaceId) => ({
    spaceId,
    at: tx.now,
    id: newId('event', millisOf(tx.now)),
    referralId,
    seq,
    event,
    fromStatus: from,
    toStatus: to,
    actorKind: party,
    reason: reason ?? null,
  }))

const sharedTexts = (
  ctx: Ctx,
  id: Id<'referral'>,
  holders: readonly Id<'space'>[],
  texts: Step['texts'] = {},
) =>
  holders.flatMap((spaceId) =>
    Object.entries(texts).map(([kind, text]) => textRow(ctx, spaceId, id, kind as TextKind, text)),
  )

/** How a change of status changes what is counted. */
const settlementOf = ({ mine, senderId, receiverId }: Locked, step: Step): Settlement => {
  const [before, after] = [phaseOf(mine.status as Status), phaseOf(step.to)]
  const becameActive = before !== 'active' && after === 'active'
  const leftActive = before === 'active' && after !== 'active'
  return {
    referralId: mine.id,
    creditorId: senderId,
    debtorId: receiverId,
    ...(step.reached && { reached: step.reached }),
    ended: leftActive,
    counts: {
      sent: step.delivers ? 1 : 0,
      active: becameActive ? 1 : leftActive ? -1 : 0,
      joined: step.reached === 'joined' ? 1 : 0,
    },
    opened: becameActive,
  }
}

/** Each side's feed gets the event; mails and the like are the step's own. */
const happenings = (locked: Locked, card: CardRow, event: ReferralEvent, step: Step): Happening[] => [
  ...reachedBy(locked, step).map((spaceId) => happeningOf(spaceId, card, event)),
  ...(step.events ?? []),
]

export const happeningOf = (
  spaceId: Id<'space'>,
  card: CardRow,
  event: ReferralEvent | 'draft',
): Happening => ({
  spaceId,
  topic: `referral.${event}`,
  subjectId: card.id,
  data: { sequence: card.version, status: card.status },
})

import { referralEvents, referralTexts } from '../../db/schema/referrals.ts'
import { millisOf } from '../platform/clock.ts'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { mutate, type Happening, type WriteTx } from '../platform/database/door.ts'
import { rowsOf, type Rows } from '../platform/database/statements.ts'
import { notFound, Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import type { Permission } from '../platform/permissions.ts'
import { settle } from '../reciprocity/settle.ts'
import { weigh, type Weighed } from '../reciprocity/weigh.ts'
import { becomesActive, countsOf, moveOf, partiesOf } from './points.ts'
import {
  lockedCards,
  nextUpdate,
  patchCards,
  patchValues,
  textRow,
  textsOf,
  type CardRow,
  type TextKind,
} from './cards.ts'
import { isDisputeOpen, nextDueOf } from './clocks.ts'
import type { Referral } from './contract-referral.ts'
import { legalNow, targetsOf, type Bearings } from './guards.ts'
import { eventRows, happeningOf } from './history.ts'
import { isOpen, phaseOf, type Party, type ReferralEvent, type Status } from './lifecycle.ts'
import { mirrorOutcome } from './mirror.ts'
import type { InHand, Locked, Step } from './step.ts'
import { arrivalMail, deliveryRows } from './submission.ts'
import { referralEtag, referralView } from './view.ts'

/** By whom an event is brought about, and on which version. */
export interface Bringing {
  readonly ifMatch?: string | undefined
  /** Given when it is not the caller's own space. */
  readonly as?: { readonly spaceId: Id<'space'>; readonly party: Party }
}

interface Transition extends Bringing {
  readonly event: ReferralEvent
  /** The verb, as the audit log names it. */
  readonly action: string
  readonly referralId: Id<'referral'>
  readonly step: (referral: InHand, tx: WriteTx) => Promise<Step> | Step
}

/**
 * One event in the life of a referral, by the space that the caller acts for. Both cards are locked, the table decides,
 * and cards, events, words, points and outbox change together.
 * @throws Problem `not_found` for a space without a card, `illegal_transition`, `precondition_failed`
 */
export const transition = (ctx: Ctx, change: Transition): Promise<Referral> =>
  mutate(ctx, permissionFor(change), async (tx) => {
    const spaceId = change.as?.spaceId ?? spaceOf(ctx)
    const locked = await lock(tx, spaceId, change.referralId)
    requireMatch(locked.mine, change.ifMatch)
    const party = change.as?.party ?? locked.mine.role
    const step = await decide(ctx, tx, { ...locked, party }, change)
    const { card, texts, events } = await apply(ctx, tx, { locked, event: change.event, party, step })
    return {
      result: { ...referralView(ctx, card, locked.peer, texts), nudge: step.nudge ?? null },
      events,
      audit: { action: change.action, objectId: card.id, spaceId },
    }
  })

/** What begins something: not open to a space that is to start nothing. */
const beginnings: ReadonlySet<ReferralEvent> = new Set(['submit', 'accept', 'forward'])

const permissionFor = ({ event, as }: Transition): Permission => {
  if (as?.party === 'steward') return 'network:admin'
  return beginnings.has(event) ? 'referrals:start' : 'referrals:write'
}

export const lock = async (tx: WriteTx, spaceId: Id<'space'>, id: Id<'referral'>): Promise<Locked> => {
  const cards = await lockedCards(tx, spaceId, id)
  const own = cards.find(({ card }) => card.spaceId === spaceId)
  if (!own) throw notFound()
  const { card: mine, peer } = own
  const personHash = cards.find(({ card }) => card.role === 'sender')?.card.personHash ?? null
  // While we waited for this lock it was sent: the receiver's new card is not in our snapshot, so look again.
  if (mine.sentAt !== null && cards.length === 1) return lock(tx, spaceId, id)
  const [senderId, receiverId] = mine.role === 'sender' ? [spaceId, mine.peerId] : [mine.peerId, spaceId]
  const holders = cards.map(({ card }) => card.spaceId)
  const spaces = cards.map(({ party }) => party)
  return { mine, peer, senderId, receiverId, holders, spaces, personHash }
}

/** RFC 9110 §13.1.1 */
export const requireMatch = (card: CardRow, ifMatch: string | undefined) => {
  if (ifMatch === undefined || ifMatch.trim() === '*') return
  const current = referralEtag(card)
  if (!ifMatch.split(',').some((tag) => tag.trim() === current)) {
    throw new Problem('precondition_failed', 'The referral has changed since you read it.', {
      headers: { etag: current },
    })
  }
}

/** Asks the table and its guards, then the verb. */
const decide = async (
  ctx: Ctx,
  tx: WriteTx,
  referral: InHand,
  { event, step }: Pick<Transition, 'event' | 'step'>,
): Promise<Step> => {
  const { mine, party } = referral
  const bearings = { policy: ctx.policy, now: millisOf(tx.now) }
  const targets = targetsOf(mine, event, party, bearings)
  if (!targets) throw illegal(mine, event, party, bearings)
  const decided = await step(referral, tx)
  if (!targets.includes(decided.to)) {
    throw new Error(`${event} does not lead from ${mine.status} to ${decided.to}`)
  }
  return decided
}

const illegal = (card: CardRow, event: ReferralEvent, party: Party, bearings: Bearings) => {
  const legal = legalNow(card, party, bearings)
  const hint = legal.length > 0 ? `You may: ${legal.join(', ')}.` : 'Nothing is left to do on your side.'
  return new Problem(
    'illegal_transition',
    `A referral that is ${card.status} does not take ${event} now. ${hint}`,
    { members: { currentStatus: card.status, legalEvents: legal } },
  )
}

interface Application {
  readonly locked: Locked
  readonly event: ReferralEvent
  readonly party: Party
  readonly step: Step
}

/** Writes what was decided, with the points and the next deadline that follow from it. */
const apply = async (ctx: Ctx, tx: WriteTx, { locked, event, party, step }: Application) => {
  const { mine, holders } = locked
  const decided = { ...mine, ...patchOf(mine, step, tx.now) }
  const weighed = await weighStep(ctx, tx, locked, decided, step)
  const settled = weighed ? { ...decided, heldUntil: weighed.heldUntil } : decided
  const card = { ...settled, ...nextDueOf(settled, ctx.policy, millisOf(tx.now)) }
  const words = { from: mine.status as Status, event, party, ...step }
  const rows = [
    rowsOf(referralEvents, eventRows(tx, mine.id, reachedBy(locked, step), card.version, words)),
    rowsOf(referralTexts, sharedTexts(ctx, mine.id, holders, step.texts)),
    ...(step.rows ?? []),
    ...(step.delivery ? deliveryRows(ctx, card, step.delivery) : []),
  ]
  const [, , texts] = await Promise.all([
    tx.write(patchCards, patchValues(mine.id, [...holders], differing(mine, card))),
    writeAccount(ctx, tx, { locked, card, step, weighed, rows }),
    // Read behind the writes in the same pipeline, so they hold what was written.
    textsOf(ctx, tx, mine.spaceId, mine.id),
  ])
  const mirrored = await mirrorOutcome(tx, mine, card)
  return { card, texts, events: [...happenings(locked, card, event, step), ...mirrored] }
}

const patchOf = (mine: CardRow, step: Step, now: string): Partial<CardRow> => ({
  ...(isOpen(mine.status as Status) && !isOpen(step.to) && step.to !== 'closed' && withoutObjections(mine)),
  ...step.patch,
  status: step.to,
  phase: phaseOf(step.to),
  version: mine.version + 1,
  updatedAt: nextUpdate(mine, now),
  ...(isOpen(mine.status as Status) && !isOpen(step.to) && { closedAt: now }),
})

/** A claim or a dispute ends with a referral that comes to nothing. */
const withoutObjections = (card: CardRow) => ({
  claim: null,
  ...(isDisputeOpen(card) && { dispute: null }),
})

/** What differs from the card as it was; the two cards have the same of it. */
const differing = (was: CardRow, is: CardRow): Partial<CardRow> =>
  Object.fromEntries(Object.entries(is).filter(([field, value]) => was[field as keyof CardRow] !== value))

const weighStep = (ctx: Ctx, tx: WriteTx, locked: Locked, after: CardRow, step: Step) => {
  const { mine } = locked
  const move = moveOf(mine, after, step)
  if (!move) return null
  return weigh(tx, ctx.policy, partiesOf(locked), move, {
    round: after.version,
    isConfirmed: mine.joinConfirmedAt !== null,
    isNew: becomesActive(mine, after),
  })
}

interface Writing {
  readonly locked: Locked
  readonly card: CardRow
  readonly step: Step
  readonly weighed: Weighed | null
  readonly rows: readonly Rows[]
}

/** The rows of the referral, with what they change between the spaces; most events change nothing there. */
const writeAccount = async (ctx: Ctx, tx: WriteTx, { locked, card, step, weighed, rows }: Writing) => {
  const counts = countsOf(locked.mine, card, step)
  if (!weighed && Object.values(counts).every((count) => count === 0)) return tx.insert(...rows)
  const { originId } = card
  const settlement = { referralId: card.id, originId, receiverId: locked.receiverId, counts, weighed }
  return settle(tx, ctx.policy, settlement, rows)
}

/** Who knows of the event: the receiver from the moment in which the referral reaches it. */
const reachedBy = ({ holders, senderId, receiverId }: Locked, step: Step) =>
  step.delivery ? [senderId, receiverId] : holders

const sharedTexts = (
  ctx: Ctx,
  id: Id<'referral'>,
  holders: readonly Id<'space'>[],
  texts: Step['texts'] = {},
) =>
  holders.flatMap((spaceId) =>
    Object.entries(texts).map(([kind, text]) => textRow(ctx, spaceId, id, kind as TextKind, text)),
  )

/** Each side's feed gets the event, and the receiver a mail when it is reached; other mails and the like are the step's own. */
const happenings = (locked: Locked, card: CardRow, event: ReferralEvent, step: Step): Happening[] => [
  ...reachedBy(locked, step).map((spaceId) => happeningOf(spaceId, card, event)),
  ...(step.delivery ? [arrivalMail(card)] : []),
  ...(step.events ?? []),
]

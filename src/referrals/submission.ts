import { eq, sql } from 'drizzle-orm'
import { links, referrals, referralTexts } from '../../db/schema/referrals.ts'
import { spaces, type HostingPolicy } from '../../db/schema/spaces.ts'
import type { Contact } from '../members/identity.ts'
import { linkHashOf, type LinkKind } from '../members/link.ts'
import { personHashOf } from '../members/person-hash.ts'
import { day, instant, millisOf } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import type { Happening, ReadTx } from '../platform/database/door.ts'
import { arg, rowsOf, statement, type Rows } from '../platform/database/statements.ts'
import { notFound, Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { requirePermission } from '../platform/permissions.ts'
import type { Standing } from '../platform/roles.ts'
import type { Policy } from '../platform/policy.ts'
import { peerColumns, textRow, type CardRow, type PeerRow } from './cards.ts'
import { longestLife } from './clocks.ts'
import { receptionOf, type Reception, type Receiving } from './receiving.ts'
import type { Status } from './lifecycle.ts'

/** A link lives as long as a referral can, and at least this much longer for the member to look back. */
const lookingBack = 30 * day

export interface SpaceAtSending extends PeerRow, Receiving {
  readonly status: Standing
}

const twoSpaces = statement<SpaceAtSending[]>('spacesAtSending', (db) =>
  db
    .select({ ...peerColumns, status: spaces.status, hostingPolicy: spaces.hostingPolicy })
    .from(spaces)
    .where(sql`${spaces.id} in (${arg(spaces.id, 'senderId')}, ${arg(spaces.id, 'receiverId')})`),
)

/** Sender and receiver as they stand now. */
export const spacesAtSending = async (tx: ReadTx, senderId: Id<'space'>, receiverId: Id<'space'>) => {
  const found = await tx.run(twoSpaces, { senderId, receiverId })
  const of = (id: Id<'space'>) => found.find((space) => space.id === id)
  return { sender: of(senderId), receiver: of(receiverId) }
}

/**
 * Asks `permissions.ts` again, with the standing that the sender has in this transaction: what the caller's token was
 * checked with may be two seconds old.
 */
export const requireMaySend = (
  { actor }: Pick<Ctx, 'actor'>,
  sender: SpaceAtSending | undefined,
  permission: 'referrals:start' | 'referrals:draft',
): void => {
  if (!sender) throw notFound()
  if (actor.kind === 'client' || actor.kind === 'manager') {
    requirePermission({ ...actor, standing: sender.status }, permission)
  }
}

const hostingPolicyById = statement<{ hostingPolicy: HostingPolicy }[]>('hostingPolicyById', (db) =>
  db
    .select({ hostingPolicy: spaces.hostingPolicy })
    .from(spaces)
    .where(eq(spaces.id, arg(spaces.id, 'id'))),
)

export const hostingPolicyOf = async (tx: ReadTx, id: Id<'space'>): Promise<HostingPolicy> => {
  const [found] = await tx.run(hostingPolicyById, { id })
  if (!found) throw notFound()
  return found.hostingPolicy
}

/** @throws Problem `receiver_paused`, with the date when it is known */
export const receptionAt = (
  receiver: SpaceAtSending,
  now: string,
): Exclude<Reception, { kind: 'paused' }> => {
  const reception = receptionOf(receiver, now)
  if (reception.kind !== 'paused') return reception
  const { until } = reception
  throw new Problem(
    'receiver_paused',
    until ? `${receiver.name} is away until ${until}.` : `${receiver.name} takes no referrals at present.`,
    { members: { awayUntil: until } },
  )
}

/** Where a submitted referral goes: on to the receiver, or to the member first. */
export const submittedStatus = (card: Pick<CardRow, 'consentKind'>): Status =>
  card.consentKind === 'link' ? 'awaiting_consent' : 'sent'

/** By what the ledger knows the member; a card from before people were told apart learns it when its contact is read. */
export const personOf = (
  ctx: Pick<Ctx, 'keys'>,
  { personHash }: Pick<CardRow, 'personHash'>,
  contact: Contact | null,
): Buffer | null => personHash ?? (contact && personHashOf(ctx.keys.person, contact))

/** What of the words about the member reaches the receiver, and what waits for its acceptance. */
export interface Delivery {
  readonly brief: string
  readonly contact: Contact
}

/** The receiver's side of a referral that is sent: its card and the brief, without the contact. */
export const deliveryRows = (ctx: Ctx, sent: CardRow, { brief, contact }: Delivery): Rows[] => {
  const receiverId = sent.peerId
  const card = {
    ...sent,
    spaceId: receiverId,
    peerId: sent.spaceId,
    role: 'receiver' as const,
    externalRef: null,
    personHash: null,
  }
  const texts = [textRow(ctx, receiverId, sent.id, 'brief', brief)]
  if (sent.consentNamed) texts.push(textRow(ctx, receiverId, sent.id, 'name', contact.name))
  return [rowsOf(referrals, [card]), rowsOf(referralTexts, texts)]
}

/** The mail that goes with a delivery: the receiver is asked for its answer. */
export const arrivalMail = (sent: CardRow): Happening => ({
  spaceId: sent.spaceId,
  topic: 'mail.referred',
  subjectId: sent.id,
  deliver: true,
})

/** Until when an answer is awaited: the member's, then the receiver's, who gets some longer while it is away. */
export const deadlineOf = (
  { policy }: Pick<Ctx, 'policy'>,
  status: Status,
  { awayUntil }: HostingPolicy,
  now: string,
): Pick<CardRow, 'answerBy' | 'awayDelayed'> => {
  if (status === 'draft') return { answerBy: null, awayDelayed: false }
  if (status === 'awaiting_consent') {
    return { answerBy: instant(millisOf(now) + policy.consent), awayDelayed: false }
  }
  const absence = absenceOf(awayUntil, policy.absence, millisOf(now))
  return { answerBy: instant(millisOf(now) + policy.response + absence), awayDelayed: absence > 0 }
}

/** For how long the receiver is away still, in milliseconds: not more than is allowed for. */
export const absenceOf = (awayUntil: string | undefined, most: number, now: number): number =>
  awayUntil === undefined ? 0 : Math.min(Math.max(millisOf(awayUntil) - now, 0), most)

/** The mail that goes with a submission: the member is asked, or told. */
export const consentMail = (card: CardRow, contact: Contact): Happening[] => {
  if (!contact.email) return []
  const topic = card.consentKind === 'link' ? 'mail.consent_asked' : 'mail.consent_notice'
  return [{ spaceId: card.spaceId, topic, subjectId: card.id, deliver: true }]
}

/** A link that replaces another ends when that one would have. */
export const linkRow = (
  ctx: Pick<Ctx, 'keys' | 'policy'>,
  kind: LinkKind,
  card: Pick<CardRow, 'id' | 'linkNumber' | 'spaceId' | 'createdAt'>,
) => ({
  linkHash: linkHashOf(ctx.keys.link, kind, card),
  kind,
  senderId: card.spaceId,
  referralId: card.id,
  expiresAt: instant(millisOf(card.createdAt) + lifeOf(kind, ctx.policy)),
  revokedAt: null,
})

const lifeOf = (kind: LinkKind, policy: Policy) =>
  // As long as words about a member are kept, they can be seen, taken along and erased.
  kind === 'member' ? longestLife(policy) + Math.max(lookingBack, policy.closedIdentity) : policy.invitation

export const linkRows = (rows: ReturnType<typeof linkRow>[]): Rows => rowsOf(links, rows)

import { and, eq, sql } from 'drizzle-orm'
import { links, referrals, referralTexts } from '../../db/schema/referrals.ts'
import { spaces } from '../../db/schema/spaces.ts'
import { instant, millisOf } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import { arg, asRecord, statement, writeStatement } from '../platform/database/statements.ts'
import type { ReadTx, WriteTx } from '../platform/database/door.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { partyColumns, type PartyRow } from '../reciprocity/weigh.ts'
import { seal, unseal } from '../platform/sealing.ts'

export type CardRow = typeof referrals.$inferSelect
export type TextKind = (typeof referralTexts.$inferSelect)['kind']

/** What is said of the peer on a card. */
export interface PeerRow {
  readonly id: Id<'space'>
  readonly name: string
  readonly slug: string
  readonly city: string
  readonly countryCode: string
}

export const peerColumns = {
  id: spaces.id,
  name: spaces.name,
  slug: spaces.slug,
  city: spaces.city,
  countryCode: spaces.countryCode,
}

interface LockedCard {
  readonly card: CardRow
  readonly peer: PeerRow
  /** The peer, as it stands in the account of the referral. */
  readonly party: PartyRow
}

/** Both cards of a referral, locked in the order of their spaces; the receiver has none before the referral is sent. */
const lockCards = statement<LockedCard[]>('lockCards', (db) => {
  const peerOfMine = sql`(select mine.peer_id from ${referrals} mine where mine.space_id = ${arg(referrals.spaceId, 'spaceId')} and mine.id = ${arg(referrals.id, 'id')})`
  return db
    .select({ card: referrals, peer: peerColumns, party: partyColumns })
    .from(referrals)
    .innerJoin(spaces, eq(spaces.id, referrals.peerId))
    .where(
      and(
        eq(referrals.id, arg(referrals.id, 'id')),
        sql`${referrals.spaceId} in (${arg(referrals.spaceId, 'spaceId')}, ${peerOfMine})`,
      ),
    )
    .orderBy(referrals.spaceId)
    .for('update', { of: referrals })
})

export const lockedCards = (tx: WriteTx, spaceId: Id<'space'>, id: Id<'referral'>) =>
  tx.run(lockCards, { spaceId, id })

const cardById = statement<{ card: CardRow; peer: PeerRow }[]>('cardById', (db) =>
  db
    .select({ card: referrals, peer: peerColumns })
    .from(referrals)
    .innerJoin(spaces, eq(spaces.id, referrals.peerId))
    .where(
      and(
        eq(referrals.spaceId, arg(referrals.spaceId, 'spaceId')),
        eq(referrals.id, arg(referrals.id, 'id')),
      ),
    ),
)

export const cardOf = async (tx: ReadTx, spaceId: Id<'space'>, id: Id<'referral'>) =>
  (await tx.run(cardById, { spaceId, id }))[0]

/** The space that sent a referral, which its links name: the one way to a card that does not begin with its space. */
export const senderOf = async (tx: ReadTx, id: Id<'referral'>) => {
  const [found] = await tx.db
    .select({ senderId: links.senderId })
    .from(links)
    .where(eq(links.referralId, id))
    .limit(1)
  return found?.senderId
}

/** Changes the same fields of both cards: what the patch does not name stays as it is. */
const patched = Object.keys(
  asRecord(referrals, Object.fromEntries(Object.keys(referrals).map((key) => [key, null]))),
).filter((column) => column !== 'space_id' && column !== 'id')
export const patchCards = writeStatement(
  'patchCards',
  `update referrals r set (${patched.join(', ')}) =
     (select ${patched.map((column) => `p.${column}`).join(', ')} from jsonb_populate_record(r, $3::jsonb) p)
   where r.id = $1 and r.space_id = any($2::uuid[])`,
)

export const patchValues = (id: Id<'referral'>, spaceIds: Id<'space'>[], patch: Partial<CardRow>) => [
  toUuid(id),
  spaceIds.map(toUuid),
  JSON.stringify(asRecord(referrals, patch)),
]

const textsOfReferral = statement<{ spaceId: Id<'space'>; kind: TextKind; sealed: Buffer }[]>(
  'textsOfReferral',
  (db) =>
    db
      .select({ spaceId: referralTexts.spaceId, kind: referralTexts.kind, sealed: referralTexts.sealed })
      .from(referralTexts)
      .where(
        and(
          eq(referralTexts.spaceId, arg(referralTexts.spaceId, 'spaceId')),
          eq(referralTexts.referralId, arg(referralTexts.referralId, 'id')),
        ),
      ),
)

/** The words of one space about one referral, opened. */
export const textsOf = async (
  ctx: Pick<Ctx, 'keys'>,
  tx: ReadTx,
  spaceId: Id<'space'>,
  id: Id<'referral'>,
) => {
  const rows = await tx.run(textsOfReferral, { spaceId, id })
  const open = (row: { kind: TextKind; sealed: Buffer }) =>
    unseal(ctx.keys.seal, row.sealed, textBoundTo({ spaceId, referralId: id, kind: row.kind }))
  return new Map(rows.map((row) => [row.kind, open(row)]))
}

const dropWords = writeStatement(
  'dropWords',
  'delete from referral_texts where referral_id = $1 and space_id = any($2::uuid[]) and kind = any($3)',
)

/** Words that newer ones take the place of: what was asked before, and what was answered to it. */
export const dropTexts = (
  tx: WriteTx,
  id: Id<'referral'>,
  spaceIds: readonly Id<'space'>[],
  kinds: readonly TextKind[],
) => tx.write(dropWords, [toUuid(id), spaceIds.map(toUuid), kinds])

/** A text, sealed into the row of the space that keeps it. */
export const textRow = (
  ctx: Pick<Ctx, 'keys'>,
  spaceId: Id<'space'>,
  referralId: Id<'referral'>,
  kind: TextKind,
  text: string,
) => ({
  spaceId,
  referralId,
  kind,
  sealed: seal(ctx.keys.seal, text, textBoundTo({ spaceId, referralId, kind })),
})

interface TextKey {
  readonly spaceId: string
  readonly referralId: string
  readonly kind: string
}

/** What a text is sealed to. */
export const textBoundTo = ({ spaceId, referralId, kind }: TextKey) => `${spaceId}:${referralId}:${kind}`

/** Strictly later than the change before, whatever the clocks of the nodes say: `updatedAfter` must not pass over it. */
export const nextUpdate = (card: CardRow, now: string): string =>
  instant(Math.max(millisOf(now), millisOf(card.updatedAt) + 1))

/** What a card does not hold yet when it is made. */
export const emptyCard = {
  role: 'sender' as const,
  version: 1,
  consentedAt: null,
  noticeAt: null,
  declineReason: null,
  redirectToSpaceId: null,
  termsKind: null,
  reached: null,
  outcome: null,
  outcomeReason: null,
  visitedOn: null,
  acceptedAt: null,
  closedAt: null,
  nextDue: null,
  nextDueAt: null,
  answerBy: null,
  askedAt: null,
  questions: 0,
  awayDelayed: false,
  progressAt: null,
  overdueAt: null,
  withdrawalRequestedAt: null,
  scheduledFor: null,
  noShows: 0,
  joinedAt: null,
  joinConfirmedAt: null,
  leftAt: null,
  claim: null,
  dispute: null,
  memberReport: null,
  trail: [],
  childId: null,
  forwardedToId: null,
  finalOutcome: null,
  senderSeesContact: true,
  linkByHand: false,
  linkNumber: null,
  memberLanguage: null,
  erasedAt: null,
  heldUntil: null,
} satisfies Partial<CardRow>

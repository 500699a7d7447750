import { and, eq, sql } from 'drizzle-orm'
import { ledgerEntries, pendings } from '../../db/schema/reciprocity.ts'
import { spaces } from '../../db/schema/spaces.ts'
import { instant, millisOf } from '../platform/clock.ts'
import type { WriteTx } from '../platform/database/door.ts'
import { arg, statement, writeStatement } from '../platform/database/statements.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import type { Policy } from '../platform/policy.ts'
import {
  emptyAccount,
  moved,
  reservedOf,
  standing,
  tallyOf,
  totalOf,
  type Account,
  type Move,
  type Terms,
} from './account.ts'
import { allowanceOf, type Person } from './person.ts'

/** Who stands in the account of a referral. */
export interface Parties {
  readonly referralId: Id<'referral'>
  /** The space that sent the member first; without forwarding, the sender. */
  readonly originId: Id<'space'>
  readonly forwarderIds: readonly Id<'space'>[]
  /** The receiver: it owes. */
  readonly debtorId: Id<'space'>
  /** Null when the referral was sent before people were told apart. */
  readonly personHash: Buffer | null
  /** The spaces that were read with the cards; the others are read here. */
  readonly known: readonly PartyRow[]
}

/** A move on the account of a referral, weighed and not yet written. */
export interface Weighed {
  readonly parties: Parties
  readonly before: Account
  readonly after: Account
  /** What the person has brought; null when the move does not touch that. */
  readonly person: Person | null
  /** When the first points of this referral that wait may be set free; null when none do. */
  readonly heldUntil: string | null
}

/** What a move needs to know of the account beside the move itself. */
interface Standing {
  readonly round: number
  /** Whether the join is confirmed already. */
  readonly isConfirmed: boolean
  /** True when the referral has no account yet. */
  readonly isNew: boolean
}

/**
 * Reads what the account of a referral holds and says what the move makes of it. The cards of the referral are locked
 * by the caller; the person's row is locked here, after the cards and before the balances, in every transaction.
 */
export const weigh = async (
  tx: WriteTx,
  policy: Policy,
  parties: Parties,
  move: Move,
  { round, isConfirmed, isNew }: Standing,
): Promise<Weighed> => {
  // What a dispute reserves is posted or voided by its decision, which posts, if only nothing.
  const changesPoints = move.posts !== undefined || move.reverses !== undefined
  const hash = changesPoints ? parties.personHash : null
  const [people, stored, person] = await Promise.all([
    peopleOf(tx, parties),
    isNew ? emptyAccount : accountOf(tx, parties),
    hash === null ? null : lockPerson(tx, hash),
  ])
  const terms = {
    ...standingTerms(parties, people, tx.now),
    originId: parties.originId,
    forwarderIds: parties.forwarderIds,
    allowance: person === null ? Infinity : allowanceOf(person, policy.person, millisOf(tx.now)),
    round,
  }
  const before = { ...stored, isConfirmed }
  const after = moved(before, move, terms)
  return { parties, before, after, person, heldUntil: heldUntil(after, parties, people, tx.now) }
}

/** What of a space decides what a referral is worth. */
export interface PartyRow {
  readonly id: Id<'space'>
  readonly operatorId: Id<'operator'> | null
  readonly probationUntil: string | null
}

export const partyColumns = {
  id: spaces.id,
  operatorId: spaces.operatorId,
  probationUntil: spaces.probationUntil,
}

const among = sql`${spaces.id} = any(${sql.placeholder('ids')}::uuid[])`

const partyRows = statement<PartyRow[]>('partyRows', (db) =>
  db.select(partyColumns).from(spaces).where(among),
)

const partyRowsForShare = statement<PartyRow[]>('partyRowsForShare', (db) =>
  db.select(partyColumns).from(spaces).where(among).orderBy(spaces.id).for('share'),
)

/** Share-locked while one of them is on probation: its end must not slip in between the weighing and the writing. */
const peopleOf = async (tx: WriteTx, parties: Parties): Promise<readonly PartyRow[]> => {
  const { originId, forwarderIds, debtorId, known } = parties
  const all = [originId, ...forwarderIds, debtorId]
  const ids = all.map(toUuid)
  const isKnown = all.every((id) => known.some((one) => one.id === id))
  const found = isKnown ? known : await tx.run(partyRows, { ids })
  const isAnyOnProbation = found.some(({ probationUntil }) => isLater(probationUntil, tx.now))
  return isAnyOnProbation ? tx.run(partyRowsForShare, { ids }) : found
}

const isLater = (moment: string | null, now: string) => moment !== null && millisOf(moment) > millisOf(now)

const standingTerms = (
  { originId, forwarderIds, debtorId }: Parties,
  people: readonly PartyRow[],
  now: string,
): Pick<Terms, 'isSameOperator' | 'heldFor'> => {
  const creditors = [originId, ...forwarderIds]
  const of = (id: Id<'space'>) => people.find((one) => one.id === id)
  const operator = of(debtorId)?.operatorId ?? null
  const waits = (id: Id<'space'>) => isLater(of(id)?.probationUntil ?? null, now)
  return {
    isSameOperator: operator !== null && creditors.some((id) => of(id)?.operatorId === operator),
    heldFor: new Set(creditors.filter((id) => waits(debtorId) || waits(id))),
  }
}

/** Each creditor waits for the end of its own probation and of the debtor's; the first of those that wait is told. */
const heldUntil = (
  account: Account,
  { originId, forwarderIds, debtorId }: Parties,
  people: readonly PartyRow[],
  now: string,
): string | null => {
  const endOf = (creditorId: Id<'space'>) =>
    people
      .filter(({ id }) => id === creditorId || id === debtorId)
      .flatMap(({ probationUntil }) => probationUntil ?? [])
      .sort(byTime)
      .at(-1) ?? now
  const waiting = [originId, ...forwarderIds].filter((id) => tallyOf(account, id).held !== 0)
  return waiting.map(endOf).sort(byTime)[0] ?? null
}

const byTime = (a: string, b: string) => millisOf(a) - millisOf(b)

const pendingsOfReferral = statement<(typeof pendings.$inferSelect)[]>('pendingsOfReferral', (db) =>
  db
    .select()
    .from(pendings)
    .where(
      and(
        eq(pendings.spaceId, arg(pendings.spaceId, 'debtorId')),
        eq(pendings.referralId, arg(pendings.referralId, 'referralId')),
      ),
    )
    .orderBy(pendings.round),
)

const entriesOfReferral = statement<(typeof ledgerEntries.$inferSelect)[]>('entriesOfReferral', (db) =>
  db
    .select()
    .from(ledgerEntries)
    .where(
      and(
        eq(ledgerEntries.spaceId, arg(ledgerEntries.spaceId, 'debtorId')),
        eq(ledgerEntries.referralId, arg(ledgerEntries.referralId, 'referralId')),
      ),
    )
    .orderBy(ledgerEntries.id),
)

/** The debtor's rows hold the whole account: it stands on the other side of every creditor. */
const accountOf = async (tx: WriteTx, { referralId, debtorId }: Parties): Promise<Account> => {
  const [open, entries] = await Promise.all([
    tx.run(pendingsOfReferral, { referralId, debtorId }),
    tx.run(entriesOfReferral, { referralId, debtorId }),
  ])
  return {
    pendings: open.map(({ peerId, stage, round, points, state, isReserved }) => ({
      creditorId: peerId,
      stage,
      round,
      points,
      state,
      isReserved,
    })),
    entries: entries.map(({ peerId, stage, kind, points, held, reasonCode }) => ({
      creditorId: peerId,
      stage,
      kind,
      points: 0 - points,
      held: 0 - held,
      reasonCode,
    })),
    isConfirmed: false,
  }
}

// Found or made and locked in one go: a row that is purged between the two would be lost.
const personForUpdate = writeStatement<Person>(
  'personForUpdate',
  `insert into person_earnings as p (person_hash, postings, last_at, reserved) values ($1, '[]', $2, 0)
   on conflict (person_hash) do update set reserved = p.reserved returning postings, reserved`,
)

const lockPerson = async (tx: WriteTx, hash: Buffer): Promise<Person> => {
  const [person] = await tx.write(personForUpdate, [hash, instant(0)])
  if (!person) throw new Error('A row that was just written is not there')
  return person
}

/** How the move changes what the person has brought and what is kept for a dispute, and whether the join stands. */
export const changesOf = ({ before, after }: Weighed) => ({
  worth: totalOf(after) - totalOf(before),
  reserved: reservedOf(after) - reservedOf(before),
  joined: Number(standing(after).includes('joined')) - Number(standing(before).includes('joined')),
})

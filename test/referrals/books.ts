/** What both sides of a referral find in their books. */
import type { Test } from 'tap'
import { brokenInvariants } from '../helpers/invariants.ts'
import type { LastingCaller, Walk, World } from './walks.ts'

/** What a creditor has; the debtor owes as much, and nothing else stands in the books. */
export interface Standing {
  readonly earned: number
  readonly inFlight: number
  readonly provisional?: number
  /** Referrals under way between the two, and those whose member joined. */
  readonly active?: number
  readonly joined?: number
}

/** Both summaries, to the point, and every rule that must hold whatever happens. */
export const checkBooks = async (
  t: Test,
  { world, sender, receiver }: Pick<Walk, 'world' | 'sender' | 'receiver'>,
  { earned, inFlight, provisional = 0, active = 0, joined = 0 }: Standing,
  when: string,
): Promise<void> => {
  const [given, taken] = await Promise.all([summaryOf(sender), summaryOf(receiver)])
  const nothing = { earned: 0, owed: 0, held: 0, provisional: 0, inFlight: 0 }
  t.match(given.points, { ...nothing, earned, net: earned, provisional, inFlight }, `${when}: the sender`)
  t.match(taken.points, { ...nothing, owed: earned, net: 0 - earned }, `${when}: the receiver`)
  t.match(given.referrals, { sentActive: active, sentJoined: joined }, `${when}: counted by the sender`)
  t.match(taken.referrals, { receivedActive: active, receivedJoined: joined }, `${when}: by the receiver`)
  await checkRules(t, world, when)
}

export const checkRules = async (t: Test, { test }: World, when: string): Promise<void> => {
  t.same(await brokenInvariants(test.deps), [], `${when}: nothing is out of balance`)
}

const summaryOf = async (who: LastingCaller) => (await who.get('/v1/reciprocity')).body

/** The points of one space. */
export const pointsOf = async (who: LastingCaller) => (await summaryOf(who)).points

interface EntryBody {
  readonly id: string
  readonly stage: string
  readonly kind: string
  readonly points: number
  readonly reasonCode: string | null
}

/** The entries of one space as words, in order of the alphabet: `joined reversal -75 left`, `visited posting 10`. */
export const entriesOf = async (who: LastingCaller, id?: string): Promise<string[]> => {
  const answer = await who.get(`/v1/reciprocity/entries?limit=100${id ? `&referralId=${id}` : ''}`)
  const entries = answer.body.data as EntryBody[]
  return entries
    .map(({ stage, kind, points, reasonCode }) =>
      [stage, kind, points, ...(reasonCode ? [reasonCode] : [])].join(' '),
    )
    .sort()
}

/** The same entries from the other side. */
const mirrored = (entries: readonly string[]): string[] =>
  entries.map((entry) => entry.replace(/-?\d+/, (points) => String(0 - Number(points)))).sort()

/** The entries of a referral, which both sides have with opposite signs. */
export const checkEntries = async (
  t: Test,
  { sender, receiver, id }: Walk,
  entries: readonly string[],
  when: string,
): Promise<void> => {
  t.same(await entriesOf(sender, id), [...entries].sort(), `${when}: the entries of the sender`)
  t.same(await entriesOf(receiver, id), mirrored(entries), `${when}: the entries of the receiver`)
}

/** What both cards say. */
export const checkCards = async (
  t: Test,
  { sender, receiver, url }: Walk,
  expected: object,
  when: string,
): Promise<void> => {
  for (const who of [sender, receiver]) t.match((await who.get(url)).body, expected, when)
}

/** The space may not do it as things stand. */
export const refuses = async (
  t: Test,
  walk: Walk,
  side: 'sender' | 'receiver',
  verb: string,
  body?: object,
) => {
  const answer = await walk[side].post(`${walk.url}/${verb}`, body)
  t.match(answer.body, { status: 409, code: 'illegal_transition' }, `${side}: ${verb}`)
}

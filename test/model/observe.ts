/** What is to be seen of the real thing, in the shape of `expectedOf`, and where the two differ. */
import { isDeepStrictEqual } from 'node:util'
import type { Caller } from './house.ts'
import { idOf, type Real } from './real.ts'
import { dueAt, entryLine, type Names, type Seen } from './view.ts'
import type { World } from './state.ts'

export const namesOf = ({ spaces, referrals }: Real): Names => ({ spaces, referrals })

type Body = Record<string, unknown>

/** A referral as it was answered, in the words of the model. */
export const shownOf = (body: Body, now: number): Body => {
  const dispute = body['dispute'] as Body | null | undefined
  const { resolution, ...open } = dispute ?? {}
  const nextDueAt = dueAt(body['nextDueAt'] as string | null, now)
  return { ...body, nextDueAt, ...(dispute && { dispute: { ...open, isOpen: resolution === null } }) }
}

/** Everything that the spaces of `world` see. */
export const observe = async (real: Real, world: World): Promise<Seen> => {
  const seen: Seen = { referrals: {}, balances: {}, peers: {}, entries: {} }
  for (const { n, sender, receiver, sentAt } of world.referrals) {
    for (const side of sentAt === null ? [sender] : [sender, receiver]) {
      const body = await get(real, side, `/v1/referrals/${idOf(real, n)}`)
      seen.referrals[`r${n} by s${side}`] = shownOf(body, world.now)
    }
  }
  for (const space of real.spaces.keys()) await observeSpace(real, space, seen)
  return seen
}

const get = async (real: Real, space: number, path: string): Promise<Body> => {
  const { status, text, body } = await (real.callers[space] as Caller).get(real.house.nodes[1], path)
  if (status !== 200) throw new Error(`s${space} GET ${path}: ${text}`)
  return body as Body
}

const observeSpace = async (real: Real, space: number, seen: Seen): Promise<void> => {
  seen.balances[`s${space}`] = await get(real, space, '/v1/reciprocity')
  const peers = (await get(real, space, '/v1/reciprocity/peers?limit=100'))['data'] as Body[]
  for (const peer of real.spaces.keys()) {
    const found = peers.find((one) => (one['peer'] as Body)['id'] === real.spaces[peer])
    if (peer !== space) seen.peers[`s${space} with s${peer}`] = found ?? nothingBetween
  }
  seen.entries[`s${space}`] = await entriesOf(real, space)
}

/** How a pair shows that never had to do with each other. */
const nothingBetween = {
  referrals: { sent: 0, received: 0, sentActive: 0, receivedActive: 0, sentJoined: 0, receivedJoined: 0 },
  points: { earned: 0, owed: 0, net: 0, inFlight: 0 },
}

interface EntryBody {
  kind: string
  referralId: string
  peerId: string
  stage: string
  points: number
  held: number
}

const entriesOf = async (real: Real, space: number): Promise<string[]> => {
  const entries: EntryBody[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query = cursor === '' ? '' : `&cursor=${cursor}`
    const page = await get(real, space, `/v1/reciprocity/entries?limit=100${query}`)
    entries.push(...(page['data'] as EntryBody[]))
    cursor = page['nextCursor'] as string | null
  }
  return entries
    .map(({ kind, referralId, peerId, stage, points, held }) =>
      entryLine(kind, referralId, peerId, stage, points, held),
    )
    .sort()
}

/** Where `actual` is not what is `expected`; what nobody expects anything of may be anything. */
export const differences = (expected: unknown, actual: unknown, path = ''): string[] => {
  if (isRecord(expected) && isRecord(actual)) {
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(value, actual[key], `${path}/${key}`),
    )
  }
  if (isDeepStrictEqual(expected, actual)) return []
  if (Array.isArray(expected) && Array.isArray(actual)) return lineDifferences(expected, actual, path)
  return [`${path}: the model says ${JSON.stringify(expected)}, Waggle ${JSON.stringify(actual)}`]
}

const isRecord = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const lineDifferences = (expected: unknown[], actual: unknown[], path: string): string[] => {
  const rest = [...actual]
  const missing = expected.filter((one) => {
    const found = rest.indexOf(one)
    if (found >= 0) rest.splice(found, 1)
    return found < 0
  })
  return [
    ...missing.map((one) => `${path}: only the model has ${String(one)}`),
    ...rest.map((one) => `${path}: only Waggle has ${String(one)}`),
  ]
}

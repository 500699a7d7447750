import { randomUUID } from 'node:crypto'
import { dayOf, day } from '../src/platform/clock.ts'
import type { Id } from '../src/platform/ids.ts'
import { newReferral } from '../test/helpers/network.ts'
import type { Caller, Waiting } from './network.ts'
import type { OperationName } from './operations.ts'

/** A request as it is sent. */
export interface Request {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Record<string, string>
  readonly body?: string
}

/** Makes the next request of an operation. */
export type NextRequest = () => Request

const authorised = ({ token }: Caller) => ({ authorization: `Bearer ${token}` })

const posting = (caller: Caller) => ({
  ...authorised(caller),
  'content-type': 'application/json',
  'idempotency-key': randomUUID(),
})

const reading = (path: (caller: Caller) => string, callers: readonly Caller[]): Request[] =>
  callers.map((caller) => ({ method: 'GET', path: path(caller), headers: authorised(caller) }))

/** Reads differ by the caller alone, so they are made once. */
export const readRequests = (
  callers: readonly Caller[],
): Record<'balance' | 'list' | 'search', Request[]> => ({
  balance: reading(() => '/v1/reciprocity', callers),
  list: reading(() => '/v1/referrals?box=sent&limit=50', callers),
  search: reading(
    ({ lat, lon, countryCode }) =>
      `/v1/spaces?near=${lat.toFixed(6)},${lon.toFixed(6)}&radiusKm=25&limit=20&amenity=quiet_room&status=admitted&country=${countryCode}`,
    callers,
  ),
})

const taking = <T>(all: readonly T[]) => {
  let taken = 0
  return (): T => {
    const one = all[taken % all.length]
    taken += 1
    if (one === undefined) throw new Error('There is nothing to take')
    return one
  }
}

/** Every write is a new one: its own key, another referral. */
export const writeRequests = (
  callers: readonly Caller[],
  receivers: readonly Id<'space'>[],
  waiting: readonly Waiting[],
  now: number,
): Record<'create' | 'accept', NextRequest> => {
  const [nextCaller, nextReceiver, nextWaiting] = [taking(callers), taking(receivers), taking(waiting)]
  const consent = { kind: 'attested', obtainedOn: dayOf(now - day), how: 'in_person' }
  const bySpace = new Map(callers.map((caller) => [caller.spaceId, caller]))
  return {
    create: () => ({
      method: 'POST',
      path: '/v1/referrals',
      headers: posting(nextCaller()),
      body: JSON.stringify(newReferral(nextReceiver(), { consent })),
    }),
    accept: () => {
      const { id, receiverId } = nextWaiting()
      const caller = bySpace.get(receiverId)
      if (!caller) throw new Error(`No caller speaks for ${receiverId}`)
      const body = JSON.stringify({ terms: { kind: 'free' } })
      return { method: 'POST', path: `/v1/referrals/${id}/accept`, headers: posting(caller), body }
    },
  }
}

/** The same request, sent to the bare server. */
export const toBare = (name: OperationName, request: Request): Request => ({ ...request, path: `/${name}` })

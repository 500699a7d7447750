import { nextStatuses, type ReferralEvent, type Status } from '../../src/referrals/lifecycle.ts'
import { pick, type Chance } from './chance.ts'

/** What a client may do with a referral. The address ends in the event; the lifecycle says when it is legal. */
interface Move {
  readonly event: ReferralEvent
  readonly by: 'sender' | 'receiver'
  /** How often it is chosen, beside the others. */
  readonly weight: number
  /** @param elsewhere a space that is neither of the two */
  readonly body?: (elsewhere: string) => object
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

/** One line for each verb; those whose address the server does not have are left out. */
const moves: readonly Move[] = [
  { event: 'submit', by: 'sender', weight: 6 },
  { event: 'ask', by: 'receiver', weight: 3, body: () => ({ question: 'Does she need a monitor?' }) },
  { event: 'answer', by: 'sender', weight: 4, body: () => ({ answer: 'No, a laptop is enough.' }) },
  { event: 'accept', by: 'receiver', weight: 10, body: () => ({ message: 'Ring at the blue door.' }) },
  { event: 'decline', by: 'receiver', weight: 2, body: () => ({ reason: 'no_capacity' }) },
  { event: 'withdraw', by: 'sender', weight: 2 },
  { event: 'request-withdrawal', by: 'sender', weight: 1 },
  { event: 'confirm-withdrawal', by: 'receiver', weight: 1 },
  { event: 'forward', by: 'receiver', weight: 1, body: (elsewhere) => ({ toSpaceId: elsewhere }) },
  // In half a second: nobody stays away from a visit that is still to come.
  { event: 'schedule', by: 'receiver', weight: 4, body: () => ({ at: inDays(0.5 / 86_400) }) },
  { event: 'reschedule', by: 'receiver', weight: 2, body: () => ({ at: inDays(5) }) },
  { event: 'record-no-show', by: 'receiver', weight: 2 },
  { event: 'record-visit', by: 'receiver', weight: 6, body: () => ({ on: inDays(0).slice(0, 10) }) },
  { event: 'start-trial', by: 'receiver', weight: 4 },
  { event: 'close', by: 'receiver', weight: 4, body: () => ({ outcome: 'joined' }) },
  { event: 'close', by: 'receiver', weight: 2, body: () => ({ outcome: 'not_joined', reason: 'price' }) },
  { event: 'claim', by: 'sender', weight: 1, body: () => ({ stage: 'visited' }) },
  { event: 'dispute', by: 'sender', weight: 1, body: () => ({ stage: 'joined' }) },
  { event: 'dispute', by: 'receiver', weight: 1, body: () => ({ stage: 'none' }) },
  { event: 'report-left', by: 'receiver', weight: 1 },
]

const addressOf = (event: string) => `/v1/referrals/{referralId}/${event}`

/** A move that is legal in `status`; undefined when there is none. @param served the addresses of the server */
export const anyMove = (chance: Chance, status: Status, served: ReadonlySet<string>): Move | undefined => {
  const legal = moves
    .filter(({ event, by }) => served.has(addressOf(event)) && nextStatuses(status, event, by) !== null)
    .flatMap((move) => Array.from({ length: move.weight }, () => move))
  return legal.length > 0 ? pick(chance, legal) : undefined
}

import { emailHashOf } from '../access/manager-identity.ts'
import { hour, second } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import type { WriteTx } from '../platform/database/door.ts'
import { takeWith, type Limit } from '../platform/limits.ts'

const anHour = (times: number): Limit => ({ burst: times, perSecond: times / (hour / second) })

const perAddress = anHour(5)
const perMailbox = anHour(3)

/**
 * Counts one application with the write that makes it: five an hour from one network address, and three mails an hour to one e-mail address, be it
 * known here or not.
 * @param address of the network, as the server sees it
 * @throws Problem `too_many_requests`
 */
export const countSubmission = async (
  deps: Deps,
  tx: WriteTx,
  address: string,
  email: string,
): Promise<void> => {
  await takeWith(deps, tx, 'application', address, perAddress)
  await takeWith(deps, tx, 'application-mail', emailHashOf(deps, email).toString('hex'), perMailbox)
}

import { hour, minute, second } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { takeStrictly, type Limit } from '../platform/limits.ts'
import { emailHashOf } from './manager-identity.ts'

const triesPerAddress: Limit = { burst: 10, perSecond: 10 / ((15 * minute) / second) }
const mailsPerAccount: Limit = { burst: 5, perSecond: 5 / (hour / second) }

/**
 * Counts one try to get in: ten in 15 minutes from one network address.
 * @param address of the network, as the server sees it
 * @throws Problem `too_many_requests`
 */
export const countTry = (deps: Deps, address: string): Promise<void> =>
  takeStrictly(deps, 'sign-in', address, triesPerAddress)

/**
 * Counts one mail to an e-mail address, be it known here or not: five an hour. Who gets them all is not locked out by
 * whoever asks in their name: each of the links can be had anew for one's own browser.
 * @throws Problem `too_many_requests`
 */
export const countMail = (deps: Deps, email: string): Promise<void> =>
  takeStrictly(deps, 'sign-in-mail', emailHashOf(deps, email).toString('hex'), mailsPerAccount)

import type { HostingPolicy } from '../../db/schema/spaces.ts'
import { stays } from './contract-profile.ts'
import type { FullHostingPolicy } from './contract-space.ts'

/** What holds where a space has said nothing. */
const defaultHostingPolicy: FullHostingPolicy = {
  intake: 'open',
  awayUntil: null,
  accepts: [...stays],
  noticeDays: 0,
  maxDays: null,
  proof: 'none',
  terms: null,
  contactRole: null,
  expiresOn: null,
  blackouts: [],
}

/** The policy as it is stored, which holds only what was said, with the defaults in the gaps. */
export const fullHostingPolicy = (stored: Partial<HostingPolicy>): FullHostingPolicy => ({
  ...defaultHostingPolicy,
  ...stored,
})

import type { HostingPolicy } from '../../db/schema/spaces.ts'
import type { Needs } from '../../db/schema/referrals.ts'

/** What decides whether a space can be sent to now. */
export interface Receiving {
  readonly status: string
  readonly hostingPolicy: HostingPolicy
}

export type Reception =
  /** In the network and open. */
  | { readonly kind: 'open' }
  /** In the directory, not in the network: it can be invited. */
  | { readonly kind: 'invite' }
  /** Takes nobody, for now or until `until`. */
  | { readonly kind: 'paused'; readonly until: string | null }

/** Pure. @param now RFC 3339 */
export const receptionOf = ({ status, hostingPolicy }: Receiving, now: string): Reception => {
  if (status === 'unclaimed' || status === 'registered') return { kind: 'invite' }
  const { intake, awayUntil } = hostingPolicy
  if (awayUntil !== undefined && Date.parse(awayUntil) > Date.parse(now))
    return { kind: 'paused', until: awayUntil }
  if (status !== 'admitted' || intake === 'closed') return { kind: 'paused', until: null }
  return { kind: 'open' }
}

const dayMs = 86_400_000

/** What speaks against the stay by the receiver's own policy; the referral is sent all the same. Pure. */
export const warningsOf = (policy: HostingPolicy, stay: string, needs: Needs, now: string): string[] => {
  const warnings: string[] = []
  if (policy.accepts && !policy.accepts.includes(stay)) warnings.push('stay_not_accepted')
  const { from } = needs
  if (from === undefined) return warnings
  const to = needs.to ?? from
  if (policy.blackouts?.some((closed) => closed.from <= to && from <= closed.to)) warnings.push('blackout')
  const notice = (Date.parse(from) - Date.parse(now.slice(0, 10))) / dayMs
  if (notice < (policy.noticeDays ?? 0)) warnings.push('short_notice')
  return warnings
}

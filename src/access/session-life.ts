import { millisOf } from '../platform/clock.ts'
import type { Policy } from '../platform/policy.ts'

interface Life {
  readonly lastSeenAt: string
  readonly expiresAt: string
  readonly revokedAt: string | null
}

/** Whether a session still holds: not ended, not over, and not idle for too long. */
export const isAlive = ({ lastSeenAt, expiresAt, revokedAt }: Life, policy: Policy, now: number): boolean =>
  revokedAt === null && now < millisOf(expiresAt) && now < millisOf(lastSeenAt) + policy.sessionIdle

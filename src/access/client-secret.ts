import { randomBytes } from 'node:crypto'
import { millisOf } from '../platform/clock.ts'
import { isSameSecret } from '../platform/same-secret.ts'
import { sha256 } from '../platform/sealing.ts'
import type { Client } from './find-client.ts'

/** 256 random bits, marked as ours so that scanners for leaked secrets can find them. */
export const newSecret = (): string => `waggle_${randomBytes(32).toString('base64url')}`

/** Compared with where there is no secret, so that the work done does not tell; no text has this hash. */
const nobody = randomBytes(32)

/** The secret is 256 random bits: one hash is enough, nothing shorter could be guessed from it. */
export const isSecretOf = (client: Client | undefined, secret: string, now: number): boolean => {
  const hash = sha256(secret)
  const isCurrent = isSameSecret(hash, client?.secretHash ?? nobody)
  const isPrevious = isSameSecret(hash, client?.previousSecretHash ?? nobody)
  const until = client?.previousSecretUntil ?? null
  return isCurrent || (isPrevious && until !== null && now < millisOf(until))
}

import { timingSafeEqual } from 'node:crypto'

const bytesOf = (secret: string | Uint8Array): Uint8Array =>
  typeof secret === 'string' ? Buffer.from(secret) : secret

/**
 * The one way in which secrets, and hashes and signatures of them, are compared: it takes the same time wherever the two
 * differ, so nobody finds one out piece by piece. That their lengths differ is told at once, since a length is no secret.
 */
export const isSameSecret = (given: string | Uint8Array, right: string | Uint8Array): boolean => {
  const [a, b] = [bytesOf(given), bytesOf(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

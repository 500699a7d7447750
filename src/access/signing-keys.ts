import type { Keys } from '../platform/keys.ts'
import type { PublicKey } from './contract.ts'

/** RFC 9068 §2.1: tells an access token from everything else that the same keys sign. */
export const tokenType = 'at+jwt'

/**
 * The key that signs. To rotate: add the new key at the end and let every node know it, then move it to the front,
 * and drop the old one when the last token that it signed has ended.
 */
export const signingKey = ({ sign }: Keys): Keys['sign'][number] => {
  const [first] = sign
  if (!first) throw new Error('There is no signing key')
  return first
}

/** The public halves of all signing keys, each member named, so that no private part can slip through. */
export const publicKeys = ({ sign }: Keys): PublicKey[] =>
  sign.map(({ kty, crv, x, kid }) => ({ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' }))

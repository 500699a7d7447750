import { createPublicKey } from 'node:crypto'
import type { PublicJwk } from '../../db/schema/access.ts'
import { invalidField } from '../platform/errors.ts'

/** The one algorithm that a key of this kind verifies (RFC 8725 §3.1): what a header says chooses no other. */
export const algorithmOf = ({ kty }: Pick<PublicJwk, 'kty'>): 'EdDSA' | 'ES256' =>
  kty === 'OKP' ? 'EdDSA' : 'ES256'

/** @throws Problem `validation_failed` for a point that is on no curve, and for two keys of one name */
export const requireUsableKeys = (keys: readonly PublicJwk[]): void => {
  const names = new Set<string>()
  for (const [index, key] of keys.entries()) {
    if (names.has(key.kid)) throw invalidField(`/publicKeys/${String(index)}/kid`, 'is named twice')
    names.add(key.kid)
    if (!isPoint(key)) throw invalidField(`/publicKeys/${String(index)}`, 'is no key of this curve')
  }
}

const isPoint = (key: PublicJwk): boolean => {
  try {
    createPublicKey({ key: { ...key }, format: 'jwk' })
    return true
  } catch {
    return false
  }
}

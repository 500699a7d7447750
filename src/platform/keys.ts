import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { SealKeys } from './sealing.ts'

const base64Key = z
  .base64()
  .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64')

const signKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.base64url(),
  d: z.base64url(),
  kid: z.string().min(1).max(64),
})

const isMovedInFront = (id: string) => /^(0|[1-9]\d*)$/.test(id)

/** `WAGGLE_KEYS`: the first signing key signs, all of them verify; the last sealing key seals, all of them open. */
export const keyFile = z.object({
  sign: z.array(signKey).min(1).max(8),
  seal: z
    .record(z.string().min(1).max(32), base64Key)
    .refine((keys) => Object.keys(keys).length > 0, 'holds no key')
    .refine((keys) => Object.keys(keys).length === 1 || !Object.keys(keys).some(isMovedInFront), {
      error: 'holds an id of digits alone, which JSON moves in front of the others: the last one seals',
    }),
  link: base64Key,
  person: base64Key,
})
export type KeyFile = z.infer<typeof keyFile>

export interface Keys {
  /** Ed25519 private JWKs for access tokens; the first one signs. */
  readonly sign: KeyFile['sign']
  readonly seal: SealKeys
  /** Makes the opaque links of members and invitations, and signs cursors. */
  readonly link: Buffer
  /** Tells whether two referrals are about one person; it never changes. */
  readonly person: Buffer
}

/** Begins with a letter: see `isMovedInFront`. */
const newKeyId = () => `k${randomBytes(6).toString('base64url')}`

const newKey = () => randomBytes(32).toString('base64')

export const makeKeys = (): KeyFile => {
  const id = newKeyId()
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return {
    sign: [{ kty: 'OKP', crv: 'Ed25519', x: String(jwk.x), d: String(jwk.d), kid: id }],
    seal: { [id]: newKey() },
    link: newKey(),
    person: newKey(),
  }
}

/** The same keys with one more that seals from now on; the older ones open still. */
export const withNewSealKey = (file: KeyFile): KeyFile => ({
  ...file,
  seal: { ...file.seal, [newKeyId()]: newKey() },
})

/** The same keys, of which the newest only opens: the one before it seals. For the first of the two rounds of docs/keys.md. */
export const withNewestOnStandby = (file: KeyFile): KeyFile => {
  const entries = Object.entries(file.seal)
  const [newest] = entries.splice(-1)
  const before = entries.splice(-1)
  return { ...file, seal: Object.fromEntries([...entries, ...(newest ? [newest] : []), ...before]) }
}

export const loadKeys = (file: KeyFile): Keys => {
  const sealIds = Object.keys(file.seal)
  return {
    sign: file.sign,
    seal: {
      current: sealIds[sealIds.length - 1] ?? '',
      byId: new Map(Object.entries(file.seal).map(([id, text]) => [id, Buffer.from(text, 'base64')])),
    },
    link: Buffer.from(file.link, 'base64'),
    person: Buffer.from(file.person, 'base64'),
  }
}

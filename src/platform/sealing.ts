import { createCipheriv, createDecipheriv, createHmac, createHash, randomBytes } from 'node:crypto'

/** The keys that seal: the newest one seals, every one opens. */
export interface SealKeys {
  readonly current: string
  readonly byId: ReadonlyMap<string, Buffer>
}

const nonceLength = 12
const tagLength = 16

/**
 * Seals text with AES-256-GCM: `[length of key id][key id][nonce][tag][ciphertext]`.
 * `boundTo` names the row that it stands in, so a sealed text cannot be moved to another row.
 */
export const seal = (keys: SealKeys, text: string, boundTo: string): Buffer => {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys, keys.current), nonce)
  cipher.setAAD(Buffer.from(boundTo))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([sealBeginning(keys.current), nonce, cipher.getAuthTag(), body])
}

/** A key that sealed something is not among the keys of this installation: it was removed too early, or not handed to this node. */
export class UnknownSealingKey extends Error {
  readonly code = 'unknown_sealing_key'
  readonly keyId: string

  constructor(keyId: string) {
    super(`WAGGLE_KEYS holds no sealing key with the id ${keyId}, and something is sealed by it`)
    this.name = 'UnknownSealingKey'
    this.keyId = keyId
  }
}

/** How every value begins that `keyId` has sealed. */
export const sealBeginning = (keyId: string): Buffer => {
  const id = Buffer.from(keyId)
  return Buffer.concat([Buffer.of(id.length), id])
}

/** @throws UnknownSealingKey, and an Error when the text was changed or moved */
export const unseal = (keys: SealKeys, sealed: Buffer, boundTo: string): string => {
  const nonceAt = 1 + (sealed[0] ?? 0)
  const tagAt = nonceAt + nonceLength
  const bodyAt = tagAt + tagLength
  const keyId = sealed.subarray(1, nonceAt).toString()
  const nonce = sealed.subarray(nonceAt, tagAt)
  // A tag that was cut short would be taken, and guessed sooner.
  const options = { authTagLength: tagLength }
  const decipher = createDecipheriv('aes-256-gcm', keyOf(keys, keyId), nonce, options)
  decipher.setAAD(Buffer.from(boundTo))
  decipher.setAuthTag(sealed.subarray(tagAt, bodyAt))
  return decipher.update(sealed.subarray(bodyAt), undefined, 'utf8') + decipher.final('utf8')
}

const keyOf = (keys: SealKeys, id: string): Buffer => {
  const key = keys.byId.get(id)
  if (!key) throw new UnknownSealingKey(id)
  return key
}

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

export const hmacSha256 = (key: Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()

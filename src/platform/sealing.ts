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
  const keyId = Buffer.from(keys.current)
  return Buffer.concat([Buffer.of(keyId.length), keyId, nonce, cipher.getAuthTag(), body])
}

/** @throws when the key is not known, or the text was changed or moved. */
export const unseal = (keys: SealKeys, sealed: Buffer, boundTo: string): string => {
  const nonceAt = 1 + (sealed[0] ?? 0)
  const tagAt = nonceAt + nonceLength
  const bodyAt = tagAt + tagLength
  const keyId = sealed.subarray(1, nonceAt).toString()
  const decipher = createDecipheriv('aes-256-gcm', keyOf(keys, keyId), sealed.subarray(nonceAt, tagAt))
  decipher.setAAD(Buffer.from(boundTo))
  decipher.setAuthTag(sealed.subarray(tagAt, bodyAt))
  return decipher.update(sealed.subarray(bodyAt), undefined, 'utf8') + decipher.final('utf8')
}

const keyOf = (keys: SealKeys, id: string): Buffer => {
  const key = keys.byId.get(id)
  if (!key) throw new Error(`No sealing key with the id ${id}`)
  return key
}

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

export const hmacSha256 = (key: Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()

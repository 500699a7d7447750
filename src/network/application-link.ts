import { applicationId } from '../platform/contract.ts'
import { idBytes, idOfBytes, type Id } from '../platform/ids.ts'
import { isSameSecret } from '../platform/same-secret.ts'
import { hmacSha256 } from '../platform/sealing.ts'

/** 128 bits that only the installation's own key makes, apart for each purpose. */
const macOf = (key: Buffer, purpose: 'confirm' | 'well_known', id: Id<'application'>): Buffer =>
  hmacSha256(key, `application\n${purpose}\n${id}`).subarray(0, 16)

/** What stands in the mailed link: which application, and that the link is ours. Nothing of it is stored. */
const confirmToken = (key: Buffer, id: Id<'application'>): string =>
  Buffer.concat([idBytes(id), macOf(key, 'confirm', id)]).toString('base64url')

export const confirmUrl = (baseUrl: string, key: Buffer, id: Id<'application'>): string =>
  `${baseUrl}/join/confirm/${confirmToken(key, id)}`

/** The application that a link confirms; null for a token that was not made here. */
export const applicationOfToken = (key: Buffer, token: string): Id<'application'> | null => {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 32 || bytes.toString('base64url') !== token) return null
  const id = idOfBytes('application', bytes.subarray(0, 16))
  if (!applicationId.safeParse(id).success) return null
  return isSameSecret(bytes.subarray(16), macOf(key, 'confirm', id)) ? id : null
}

/** What a claimed space shows at its own address to prove the claim. */
export const wellKnownToken = (key: Buffer, id: Id<'application'>): string =>
  `waggle-${macOf(key, 'well_known', id).toString('base64url')}`

export const isWellKnownToken = (key: Buffer, id: Id<'application'>, found: string): boolean =>
  isSameSecret(found.trim(), wellKnownToken(key, id))

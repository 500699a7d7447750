import { sha256, hmacSha256 } from '../platform/sealing.ts'
import type { Id } from '../platform/ids.ts'

export type LinkKind = 'member' | 'invitation'

const folder: Readonly<Record<LinkKind, string>> = { member: 'm', invitation: 'i' }

/**
 * The opaque 128 bits that stand in a link. They are made from the referral and a key of the installation, so a mail
 * can be written again without the link being stored anywhere; the table keeps their hash alone.
 */
const tokenOf = (key: Buffer, kind: LinkKind, referralId: Id<'referral'>): string =>
  hmacSha256(key, `link\n${kind}\n${referralId}`).subarray(0, 16).toString('base64url')

export const linkUrl = (baseUrl: string, key: Buffer, kind: LinkKind, referralId: Id<'referral'>): string =>
  `${baseUrl}/${folder[kind]}/${tokenOf(key, kind, referralId)}`

/** What `links` is searched by. */
export const linkHash = (token: string): Buffer => sha256(`link\n${token}`)

export const linkHashOf = (key: Buffer, kind: LinkKind, referralId: Id<'referral'>): Buffer =>
  linkHash(tokenOf(key, kind, referralId))

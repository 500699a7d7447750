import { sha256, hmacSha256 } from '../platform/sealing.ts'
import type { Id } from '../platform/ids.ts'

export type LinkKind = 'member' | 'invitation'

const folder: Readonly<Record<LinkKind, string>> = { member: 'm', invitation: 'i' }

/** A referral, and how often the member's link was replaced: null for the first, and for an invitation, which has no other. */
export interface Linked {
  readonly id: Id<'referral'>
  readonly linkNumber: number | null
}

/**
 * The opaque 128 bits that stand in a link. They are made from the referral and a key of the installation, so a mail
 * can be written again without the link being stored anywhere; the table keeps their hash alone. The first link has no
 * number in it, as those had none that were mailed before links could be replaced.
 */
const tokenOf = (key: Buffer, kind: LinkKind, { id, linkNumber }: Linked): string =>
  hmacSha256(key, ['link', kind, id, ...(linkNumber === null ? [] : [linkNumber])].join('\n'))
    .subarray(0, 16)
    .toString('base64url')

export const linkUrl = (baseUrl: string, key: Buffer, kind: LinkKind, linked: Linked): string =>
  `${baseUrl}/${folder[kind]}/${tokenOf(key, kind, linked)}`

/** What `links` is searched by. */
export const linkHash = (token: string): Buffer => sha256(`link\n${token}`)

export const linkHashOf = (key: Buffer, kind: LinkKind, linked: Linked): Buffer =>
  linkHash(tokenOf(key, kind, linked))

import { randomBytes } from 'node:crypto'
import { minute } from '../platform/clock.ts'
import type { Id } from '../platform/ids.ts'
import { hmacSha256, sha256 } from '../platform/sealing.ts'

/** How long a mailed link works. */
export const linkWorksFor = 15 * minute

/**
 * The opaque 128 bits of a mailed link. They are made from the sign-in's id and a key of the installation, so the mail
 * can be written later without the link being stored anywhere; the table keeps their hash alone.
 */
export const signInToken = (key: Buffer, signInId: Id<'signIn'>): string =>
  hmacSha256(key, `sign-in\n${signInId}`).subarray(0, 16).toString('base64url')

/** What `sign_ins` is searched by: a link's token, a challenge, a state. */
export const signInHash = (token: string): Buffer => sha256(`sign-in\n${token}`)

/** What binds a sign-in to the browser that began it; it stands in a cookie there. */
export const newBrowserToken = (): string => randomBytes(32).toString('base64url')

export const browserHash = (token: string): Buffer => sha256(`browser\n${token}`)

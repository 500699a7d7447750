import { randomBytes } from 'node:crypto'
import { hmacSha256, sha256 } from '../platform/sealing.ts'

/** 256 random bits, which stand in the browser's cookie alone. */
export const newSessionToken = (): string => randomBytes(32).toString('base64url')

/** What `sessions` is searched by. */
export const sessionHash = (token: string): Buffer => sha256(`session\n${token}`)

/** What the forms of this session's pages carry, and pages of other sites cannot know. */
export const formTokenOf = (key: Buffer, tokenHash: Buffer): string =>
  hmacSha256(key, `form\n${tokenHash.toString('hex')}`).toString('base64url')

import { createRequire } from 'node:module'
import { domainToASCII } from 'node:url'
import type * as phones from 'libphonenumber-js/min'
import { hmacSha256 } from '../platform/sealing.ts'
import type { Contact } from './identity.ts'

/**
 * Tells whether two referrals are about one person, and nothing else: a keyed hash of the e-mail address, or else of the
 * phone number. One of the two alone, so a person who is given by e-mail here and by phone there counts twice.
 */
export const personHashOf = (key: Buffer, { email, phone }: Contact): Buffer =>
  hmacSha256(key, `person\n${email === undefined ? `tel:${numberOf(phone ?? '')}` : mailboxOf(email)}`)

/** Lower case, without a tag (RFC 5233): `Ada+wg@Example.org` is `ada@example.org`. */
const mailboxOf = (email: string): string => {
  const at = email.lastIndexOf('@')
  const [user = ''] = email.slice(0, at).normalize('NFC').toLowerCase().split('+')
  const domain = email.slice(at + 1).toLowerCase()
  return `mailto:${user}@${domainToASCII(domain) || domain}`
}

const require = createRequire(import.meta.url)

/** E.164, where the number can be read as one. The package is loaded with the first number: most people are given by e-mail. */
const numberOf = (phone: string): string => {
  const { parsePhoneNumberFromString } = require('libphonenumber-js/min') as typeof phones
  return parsePhoneNumberFromString(phone)?.number ?? phone.replaceAll(/[^\d+]/g, '')
}

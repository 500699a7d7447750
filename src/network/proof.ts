import { isUnder } from '../spaces/website-domain.ts'

/** Where strangers have their mailboxes side by side: an address there tells nothing about a space. */
const mailboxes = [
  'gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'yahoo.com', 'ymail.com', 'icloud.com',
  'me.com', 'mac.com', 'aol.com', 'gmx.com', 'gmx.de', 'gmx.net', 'web.de', 't-online.de', 'freenet.de', 'mail.com', 'mail.ru',
  'yandex.ru', 'yandex.com', 'proton.me', 'protonmail.com', 'pm.me', 'zoho.com', 'fastmail.com', 'tutanota.com', 'tuta.com',
  'orange.fr', 'wanadoo.fr', 'free.fr', 'laposte.net', 'sfr.fr', 'libero.it', 'virgilio.it', 'sapo.pt', 'terra.com.br',
  'uol.com.br', 'bol.com.br', 'qq.com', '163.com', '126.com', 'naver.com', 'daum.net', 'rediffmail.com', 'seznam.cz', 'wp.pl',
  'o2.pl', 'hey.com', 'duck.com', 'comcast.net', 'verizon.net', 'btinternet.com', 'bluewin.ch', 'posteo.de', 'mailbox.org',
] as const // prettier-ignore

/**
 * Whether an address lies at the space's own web domain, so that reading its mail shows control of it. `domain` is null
 * already where strangers share a website's host.
 */
export const isAtDomain = (email: string, domain: string | null): boolean => {
  const host = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  return domain !== null && host === domain && !isUnder(host, mailboxes)
}

interface Site {
  readonly domain: string | null
  readonly website: string | null
}

/**
 * Where the token of a claim is looked for: at the web domain of the space, by https. On a local installation at its very
 * website. @returns null for a space without a domain of its own
 */
export const wellKnownUrl = ({ domain, website }: Site, isLocal: boolean): string | null => {
  if (domain === null || website === null) return null
  const origin = isLocal ? new URL(website).origin : `https://${domain}`
  return `${origin}/.well-known/waggle-claim.txt`
}

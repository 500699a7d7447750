import { accounts, adverts, isUnder, listings } from '../spaces/website-domain.ts'
import type { Repair } from './record.ts'

/** The usual slips of the hand in front of the host. */
function withScheme(text: string): string {
  const bare = text
    .replace(/\\/g, '/')
    .replace(/^(?:https?:\/+)+(?=https?:)/i, '')
    .replace(
      /^(?:h{1,2}t{1,3}p{0,2}|t{0,2}tp)(s?)(?:[:;]{1,2}\/{0,3}|[.,]?\/{2,3})/i,
      (_, s: string) => `http${s.toLowerCase()}://`,
    )
    .replace(/^(https?):\/*/i, '$1://')
  return /^[a-z][a-z\d+.-]*:(?!\d)/i.test(bare) ? bare : `http://${bare.replace(/^\/+/, '')}`
}

function parse(text: string): URL | 'invalid' {
  try {
    const url = new URL(withScheme(text))
    const labels = url.hostname.replace(/^www\./, '').split('.')
    const last = labels.at(-1) ?? ''
    if (!['http:', 'https:'].includes(url.protocol) || labels.length < 2) return 'invalid'
    if (!/^(?:[a-z]{2,}|xn--[a-z\d-]+)$/i.test(last) || labels.includes('')) return 'invalid'
    if (/^(?:example\.(?:com|org|net)|localhost|test\.com|domain\.com)$/.test(labels.join('.')))
      return 'invalid'
    return url
  } catch {
    return 'invalid'
  }
}

function verdict(text: string): URL | string {
  if (/^mailto:|^[^\s/@]+@[^\s/@]+\.\w+$/i.test(text)) return 'email_dropped'
  if (/^@\w/.test(text)) return 'account_page_dropped'
  const url = parse(text)
  if (url === 'invalid') return 'website_invalid'
  const host = url.hostname.replace(/^(?:www|m)\./, '')
  if (isUnder(host, accounts)) return 'account_page_dropped'
  if (isUnder(host, adverts)) return 'classified_advert_dropped'
  if (isUnder(host, listings) || /^google\.[a-z.]+$/.test(host)) return 'listing_dropped'
  return url
}

/** Same address without what only tracks visitors and without a user name. */
function tidy(url: URL): string {
  for (const key of [...url.searchParams.keys()])
    if (/^utm_|^(?:fbclid|gclid|igshid|mc_[ce]id|y_source)$/i.test(key)) url.searchParams.delete(key)
  url.username = url.password = ''
  return url.href
}

/**
 * The first usable address among several cells or tags, each of which may hold a list. Adverts, account pages and
 * e-mail addresses are left out: the first two are repairs, a dropped e-mail or account goes to `dropped`.
 */
export function chooseWebsite(
  raws: readonly string[],
  repairs: Repair[],
  dropped: Set<string>,
): string | undefined {
  const parts = raws.flatMap((raw) =>
    raw.split(/\s*[;|]\s*|,\s+|\s+(?:and|or|et|und|y)\s+|\s+(?=https?:|www\.)/i),
  )
  const texts = parts
    .map((part) => part.trim().replace(/^[<("']+|[>)"'.,]+$/g, ''))
    .filter((part) => part !== '')
  for (const text of texts) {
    const found = verdict(text)
    if (typeof found === 'string') {
      if (found === 'email_dropped' || found === 'account_page_dropped')
        dropped.add(found.replace('_dropped', ''))
      else repairs.push({ field: 'website', what: found, raw: text.slice(0, 200) })
      continue
    }
    const href = tidy(found)
    if (href.length > 500) {
      repairs.push({ field: 'website', what: 'website_too_long', raw: text.slice(0, 200) })
      continue
    }
    const what = /^[^:/]+(?:[/?#]|$)|:\d/.test(text) ? 'scheme_added' : 'scheme_repaired'
    if (withScheme(text) !== text) repairs.push({ field: 'website', what, raw: text.slice(0, 200) })
    return href
  }
  return undefined
}

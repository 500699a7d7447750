import type { ImportedPlan, PlanKind, Repair } from './record.ts'
import { shorten } from './text.ts'

/** Currency signs that mean one currency wherever they stand. */
const signs: [RegExp, string][] = [
  [/€|\beuros?\b|\beur\b/i, 'EUR'],
  [/£|\bgbp\b|\bpounds?\b/i, 'GBP'],
  [/US\$|\$\s?US|\busd\b/i, 'USD'],
  [/CA\$|C\$|\bcad\b/i, 'CAD'],
  [/A\$|AU\$|\baud\b/i, 'AUD'],
  [/NZ\$|\bnzd\b/i, 'NZD'],
  [/S\$|\bsgd\b/i, 'SGD'],
  [/HK\$|\bhkd\b/i, 'HKD'],
  [/R\$|\bbrl\b|\breais\b|\breal\b/i, 'BRL'],
  [/\bchf\b|\bsfr\.?|\bfrancs? suisses?/i, 'CHF'],
  [/\bjpy\b|\byen\b|円/i, 'JPY'],
  [/\bcny\b|\brmb\b|元/i, 'CNY'],
  [/\bkrw\b|\bwon\b|₩|원/i, 'KRW'],
  [/\binr\b|₹|\brupees?\b|\brs\.?(?=\s?\d)/i, 'INR'],
  [/zł|\bpln\b/i, 'PLN'],
  [/kč|\bczk\b/i, 'CZK'],
  [/\bhuf\b|\bft\b/i, 'HUF'],
  [/\bils\b|\bnis\b|₪/i, 'ILS'],
  [/\begp\b/i, 'EGP'],
  [/\buah\b|₴|грн/i, 'UAH'],
  [/\brub\b|₽|руб/i, 'RUB'],
  [/\btry\b|₺|\btl\b/i, 'TRY'],
  [/\bsek\b/i, 'SEK'],
  [/\bnok\b/i, 'NOK'],
  [/\bdkk\b/i, 'DKK'],
  [/\bthb\b|฿|\bbaht\b/i, 'THB'],
  [/\bzar\b/i, 'ZAR'],
  [/\bmxn\b/i, 'MXN'],
  [/\bars\b/i, 'ARS'],
  [/\blvl\b|\bls\b/i, 'LVL'],
  [/\bron\b|\blei\b/i, 'RON'],
  [/\bphp\b|₱/i, 'PHP'],
  [/\bvnd\b|₫/i, 'VND'],
  [/\bidr\b|\brp\b/i, 'IDR'],
]
const dollars: Record<string, string> = { US: 'USD', CA: 'CAD', AU: 'AUD', NZ: 'NZD', SG: 'SGD', HK: 'HKD', TW: 'TWD', EC: 'USD', PR: 'USD', SV: 'USD', PA: 'USD' } // prettier-ignore
const crowns: Record<string, string> = { SE: 'SEK', NO: 'NOK', DK: 'DKK', IS: 'ISK' }
/** Here a "$" is as likely the local peso as the dollar. */
const pesos = new Set(['AR', 'CL', 'CO', 'CU', 'DO', 'MX', 'UY'])

function currencyOf(text: string, country: string | null): string | null {
  const known = signs.find(([sign]) => sign.test(text.replace(/\d/g, ' ')) || sign.test(text))
  if (known !== undefined) return known[1]
  if (text.includes('$'))
    return dollars[country ?? ''] ?? (pesos.has(country ?? '') || country === null ? null : 'USD')
  if (/[¥￥]/.test(text)) return country === 'CN' ? 'CNY' : country === 'JP' ? 'JPY' : null
  if (/\bkr\.?\b/i.test(text)) return crowns[country ?? ''] ?? null
  return null
}

/** '1.200,50', '1,200.50', '22,50', '1 200', '10,000': the last mark with one or two digits behind it is decimal. */
function parseAmount(text: string): number | null {
  const digits = text.replace(/[\s'’]/g, '')
  if (!/^\d[\d.,]*$/.test(digits)) return null
  const decimal = /^(.*)[.,](\d{1,2})$/.exec(digits)
  const whole = (decimal?.[1] ?? digits).replace(/[.,]/g, '')
  const value = Number(decimal === null ? whole : `${whole}.${decimal[2] ?? ''}`)
  return Number.isFinite(value) && value < 1e9 ? value : null
}

const perPeriod: [RegExp, ImportedPlan['period']][] = [
  [/(?:per|\/|pro|par|por|a|an)\s?(?:hour|hr|h\b|stunde|std|heure|hora)|hourly/i, 'hour'],
  [/(?:per|\/|pro|par|por|a)\s?(?:day|tag|jour|d[ií]a|dia)|daily/i, 'day'],
  [/(?:per|\/|pro|par|por|a)\s?(?:week|wk|woche|semaine|semana)|weekly/i, 'week'],
  [/(?:per|\/|pro|par|por|a)\s?(?:month|mo\b|monat|mois|mes|m[eê]s)|monthly/i, 'month'],
  [/(?:per|\/|pro|par|por|a)\s?(?:year|yr|jahr|an\b|a[nñ]o|ano)|yearly|annual/i, 'year'],
]

/**
 * A price cell as a plan of the given kind and period; null for "no" and empty cells. A cell that is not one clear
 * amount gives the plan without a price, and a repair with the raw text. `sign` is what the column's title names.
 */
export function readPlan(
  raw: string | undefined,
  plan: Pick<ImportedPlan, 'kind' | 'period'>,
  where: { country: string | null; sign?: string },
  repairs: Repair[],
): ImportedPlan | null {
  const text = raw?.trim() ?? ''
  if (/^(?:|n|no|non|nein|none|not? available|n\/?a|-+|0?\s?tba|tbd|x)\.?$/i.test(text)) return null
  if (/^(?:free|gratis|kostenlos|gratuit|grátis|0)$/i.test(text)) return { ...plan, price: 0, currency: null }
  const unclear = (what: string): ImportedPlan => {
    repairs.push({ field: 'plans', what, raw: shorten(text, 200) })
    return { ...plan, price: null, currency: null }
  }
  if (/^(?:y|yes|ja|oui|s[ií]|sim)$/i.test(text)) return { ...plan, price: null, currency: null }
  // More than a price is a story, and the first number in it need not be the price.
  if (text.length > 40) return unclear('price_unclear')
  const [amount = '', ...more] = text.match(/\d[\d.,' ’]*/g) ?? []
  const value = more.length === 0 ? parseAmount(amount.trim().replace(/[.,]$/, '')) : null
  if (value === null) return unclear('price_unclear')
  const stated = perPeriod.find(([sign]) => sign.test(text))?.[1]
  if (stated === undefined && /[/(;]|\bper\b/.test(text)) return unclear('price_unclear')
  const bare = /^[\d.,\s]+$/.test(text)
  const currency = currencyOf(bare && where.sign !== undefined ? where.sign : text, where.country)
  // A column titled "($)" filled in France or Japan with a bare number says nothing about the currency.
  const trusted = bare && where.sign === '$' && dollars[where.country ?? ''] === undefined ? null : currency
  if (trusted === null) repairs.push({ field: 'plans', what: 'currency_unclear', raw: text })
  return { ...plan, ...asPeriod(stated), price: value, currency: trusted }
}

/** A monthly price in the column for day rates is a membership, and an hourly one a flex desk. */
function asPeriod(stated: ImportedPlan['period'] | undefined): Partial<ImportedPlan> {
  if (stated === undefined || stated === null) return {}
  const kind: PlanKind = stated === 'day' ? 'day_pass' : stated === 'hour' ? 'flex_desk' : 'membership'
  return { period: stated, kind }
}

/** Yes or no in several languages; null for anything else. "y, first time only" is a yes with a condition. */
export function readYesNo(raw: string | undefined): { yes: boolean; condition: boolean } | null {
  const found =
    /^\s*(y|yes|yep|ja|j|oui|o|s[ií]?|sim|true|1|x|✓|да|はい|是|n|no|nope|nein|non|n[aã]o|false|0|нет|いいえ|否)(?![\p{L}\d])(.*)$/isu.exec(
      raw ?? '',
    )
  if (found === null) return null
  const yes = !/^(?:n|no|nope|nein|non|n[aã]o|false|0|нет|いいえ|否)$/iu.test(found[1] ?? '')
  return { yes, condition: (found[2] ?? '').trim() !== '' }
}

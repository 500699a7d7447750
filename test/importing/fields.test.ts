import t from 'tap'
import { countryCodeOf } from '../../src/importing/countries.ts'
import { readPlan, readYesNo } from '../../src/importing/prices.ts'
import type { Repair } from '../../src/importing/record.ts'
import { withoutContacts } from '../../src/importing/text.ts'
import { chooseWebsite } from '../../src/importing/website.ts'

t.test('readPlan', async (t) => {
  const read = (raw: string, country: string | null, sign?: string): unknown => {
    const repairs: Repair[] = []
    const plan = readPlan(
      raw,
      { kind: 'day_pass', period: 'day' },
      { country, ...(sign === undefined ? {} : { sign }) },
      repairs,
    )
    return plan === null ? null : [plan.price, plan.currency, plan.period, ...repairs.map(({ what }) => what)]
  }

  t.test('reads a price and its currency', async (t) => {
    const cells: [string, string, unknown[]][] = [
      ['$25', 'US', [25, 'USD', 'day']],
      ['$25', 'CA', [25, 'CAD', 'day']],
      ['$11', 'PH', [11, 'USD', 'day']],
      ['10 EUR', 'DE', [10, 'EUR', 'day']],
      ['25,00€', 'LU', [25, 'EUR', 'day']],
      ['3150yen', 'JP', [3150, 'JPY', 'day']],
      ['CHF25', 'CH', [25, 'CHF', 'day']],
      ['10,000won', 'KR', [10000, 'KRW', 'day']],
      ['1.200,50 €', 'DE', [1200.5, 'EUR', 'day']],
      ['R$ 50', 'BR', [50, 'BRL', 'day']],
      ['£10 per day', 'GB', [10, 'GBP', 'day']],
      ['$195 Unlimited Access per month', 'US', [195, 'USD', 'month']],
    ]
    for (const [cell, country, expected] of cells) t.strictSame(read(cell, country), expected, cell)
  })

  t.test('says what it cannot know instead of guessing', async (t) => {
    t.strictSame(read('$25', 'AR'), [25, null, 'day', 'currency_unclear'], 'dollars or pesos')
    t.strictSame(read('22,50', 'NL', '$'), [22.5, null, 'day', 'currency_unclear'])
    t.strictSame(read('20', 'US', '$'), [20, 'USD', 'day'])
    for (const cell of ['10-15 EUR', '30 euro/dagdeel', 'ask us', `10 EUR ${'or more '.repeat(80)}`])
      t.strictSame(read(cell, 'NL'), [null, null, 'day', 'price_unclear'], cell.slice(0, 20))
    for (const cell of ['n', 'n/a', '', ' - ']) t.equal(read(cell, 'US'), null, cell)
    t.strictSame(read('y', 'US'), [null, null, 'day'])
    t.strictSame(read('free', 'US'), [0, null, 'day'])
  })
})

t.test('readYesNo understands several languages, conditions, and nothing else', async (t) => {
  for (const yes of ['y', 'Y', 'Yes', 'ja', 'oui', 'sí', 'да', 'true', '1']) t.strictSame(readYesNo(yes), { yes: true, condition: false }, yes)
  for (const no of ['n', 'No', 'nein', 'não', '0']) t.strictSame(readYesNo(no), { yes: false, condition: false }, no)
  t.strictSame(readYesNo('y, first time only'), { yes: true, condition: true })
  for (const odd of ['u', '', undefined, 'none of it', 'yesterday']) t.equal(readYesNo(odd), null, String(odd))
}) // prettier-ignore

t.test('chooseWebsite', async (t) => {
  const choose = (...raws: string[]): unknown[] => {
    const repairs: Repair[] = []
    const dropped = new Set<string>()
    return [chooseWebsite(raws, repairs, dropped), ...repairs.map(({ what }) => what), ...dropped]
  }
  const cells: [string, unknown[]][] = [
    ['https://a.org/x?utm_source=n&id=1', ['https://a.org/x?id=1']],
    ['www.a.org', ['http://www.a.org/', 'scheme_added']],
    ['http://http://a.org', ['http://a.org/', 'scheme_repaired']],
    ['htpp://a.org', ['http://a.org/', 'scheme_repaired']],
    ['http:/a.org', ['http://a.org/', 'scheme_repaired']],
    ['https://user:secret@a.org/', ['https://a.org/']],
    ['https://bücher.example.de', ['https://xn--bcher-kva.example.de/']],
    ['https://facebook.com/a; https://a.org', ['https://a.org/', 'account_page']],
    ['info@a.org', [undefined, 'email']],
    ['http://www.aspace', [undefined, 'website_invalid']],
    ['javascript:alert(1)', [undefined, 'website_invalid']],
    ['coming soon', [undefined, 'website_invalid']],
    ['http://maryland.inetgiant.com/ad', [undefined, 'classified_advert_dropped']],
    ['http://127.0.0.1/', [undefined, 'website_invalid']],
    ['', [undefined]],
  ]
  for (const [cell, expected] of cells) t.strictSame(choose(cell), expected, cell)
})

t.test('countryCodeOf knows codes, names, parts and habits', async (t) => {
  const known = { USA: 'US', 'U.S.A.': 'US', England: 'GB', 'Northern Ireland': 'GB', CANADA: 'CA', uk: 'GB', de: 'DE', DEU: 'DE', Deutschland: 'DE', España: 'ES', Brasil: 'BR', Россия: 'RU', 日本: 'JP', 'Czech Republic': 'CZ', 'The Netherlands': 'NL', 'Hong Kong': 'HK', 'Viet Nam': 'VN' } // prettier-ignore
  for (const [name, code] of Object.entries(known)) t.equal(countryCodeOf(name), code, name)
  for (const name of ['Narnia', 'XX', '', 'Berlin']) t.equal(countryCodeOf(name), null, name)
})

t.test('withoutContacts takes phones and mail, not prices, years or hours', async (t) => {
  t.equal(withoutContacts('Call +1 (512) 555-0199 now'), 'Call now')
  t.equal(withoutContacts('Tel. 01 23 45 67 89 et eva@exemple.fr'), 'et')
  const kept = '300 N Wolf Road, 1920-2020, 9:00-18:00, 12,000 sq ft, 25.00 EUR, 10 2011'
  t.equal(withoutContacts(kept), kept)
})

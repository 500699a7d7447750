import t from 'tap'
import { fold, prefixQueryOf, searchTextOf } from '../../src/spaces/fold.ts'
import { fullHostingPolicy } from '../../src/spaces/hosting-policy.ts'
import { mergePatch } from '../../src/spaces/merge-patch.ts'
import { readOpeningHours } from '../../src/spaces/opening-hours.ts'
import { secondSlugOf, slugOf } from '../../src/spaces/slug.ts'
import { isTimeZone, timeZoneOf } from '../../src/spaces/time-zone.ts'
import { domainOf } from '../../src/spaces/website-domain.ts'

t.test('fold makes one text of the spellings of one name', async (t) => {
  const cases = {
    Genève: 'geneve',
    'GENE\u0300VE': 'geneve',
    'Sankt-Gallen': 'sankt gallen',
    "L'Hôpital": 'lhopital',
    Straße: 'strasse',
    Łódź: 'lodz',
    Ærøskøbing: 'aeroskobing',
    İstanbul: 'istanbul',
    '  東京  ': '東京',
    ｶﾌｪ: 'カフェ',
    ガレージ: 'ガレージ',
    한국: '한국',
    हिन्दी: 'हिन्दी',
    'Ragnarök við Sauðárkrókur': 'ragnarok vid saudarkrokur',
    'Işık ☕\uFE0F': 'isik',
    '!!!': '',
  }
  for (const [text, folded] of Object.entries(cases)) t.equal(fold(text), folded, text)
})

t.test('searchTextOf holds each word once, and none too long for an index', async (t) => {
  t.equal(searchTextOf('Nave Lyon', 'LYON', ''), 'nave lyon')
  t.equal(searchTextOf('㌀'.repeat(120)).length, 60)
  t.equal(prefixQueryOf('Quiet  lyo!'), `'quiet':* & 'lyo':*`)
  t.equal(prefixQueryOf(`'; drop table`), `'drop':* & 'table':*`)
  t.equal(prefixQueryOf('…'), null)
})

t.test('slugOf makes an address of name and city', async (t) => {
  t.equal(slugOf('Café Ñandú', 'São Paulo'), 'cafe-nandu-sao-paulo')
  t.equal(slugOf('蜂', '東京'), 'space')
  t.match(slugOf('a'.repeat(59), 'b c'), /^[a-z0-9]+$/)
  t.equal(secondSlugOf('nave', 'spc_01kn3xq5wde7mvqrb2fj8s6t4a'), 'nave-8s6t4a')
})

t.test('domainOf names the host that stands for an owner', async (t) => {
  t.equal(domainOf('https://www.nave.example/lyon'), 'nave.example')
  t.equal(domainOf('http://lyon.nave.example'), 'lyon.nave.example')
  t.equal(domainOf('http://hive.wordpress.com/'), 'hive.wordpress.com')
  const shared = ['facebook.com/nave', 'nave.github.io', 'sites.google.com/site/hive', 'nave.pbworks.com', 'olx.pl/1', 'yelp.com/biz/nave', 'wiki.coworking.info/nave'] // prettier-ignore
  for (const none of [...shared.map((rest) => `https://${rest}`), 'nave', null, undefined])
    t.equal(domainOf(none), null, String(none))
})

t.test('mergePatch does what RFC 7396 lists in its appendix A', async (t) => {
  const cases: [unknown, unknown, unknown][] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ]
  for (const [target, patch, result] of cases) {
    const before = JSON.stringify([target, patch])
    t.same(mergePatch(target, patch), result, before)
    t.equal(JSON.stringify([target, patch]), before, 'neither input is changed')
  }
})

t.test('timeZoneOf knows a zone for every place, one that this system knows too', async (t) => {
  for (let lat = -90; lat <= 90; lat += 7.5) {
    for (let lon = -180; lon <= 180; lon += 7.5) {
      if (!isTimeZone(timeZoneOf({ lat, lon }))) t.fail(`${String(lat)},${String(lon)}`)
    }
  }
  t.notOk(isTimeZone('Europe/Atlantis'))
})

t.test('readOpeningHours keeps what is in the syntax of OpenStreetMap as it stands', async (t) => {
  const good = ['24/7', 'Mo-Fr 08:30-19:00; PH off', 'Mo-Su 07:00-02:00 "ring the bell"', 'Th 20:00+', 'Mo-Fr 08:00-00:00', 'PH,Mo-Su 00:00-24:00', '"by appointment"', 'Mo-Fr 9:00-18:00'] // prettier-ignore
  for (const text of good) t.equal(readOpeningHours(text), text)
})

t.test('readOpeningHours corrects what is nearly so, and gives up without a word on the rest', async (t) => {
  t.equal(readOpeningHours('Mon-Fri 9am-6pm'), 'Mo-Fr 09:00-18:00')
  t.equal(readOpeningHours('Mo–Fr 09:00–18:00;'), 'Mo-Fr 09:00-18:00')
  const printed = [t.capture(console, 'error'), t.capture(console, 'warn')]
  const bad = ['', 'h;', 'von', 'whenever we like', 'by appointment', 'Mo-Fr 25:00-26:00', '(((', 'open ;(sunset', '9'.repeat(256)] // prettier-ignore
  for (const text of bad) t.equal(readOpeningHours(text), null, text)
  t.same(
    printed.map((calls) => calls()),
    [[], []],
  )
})

t.test('fullHostingPolicy fills the gaps with the defaults', async (t) => {
  t.match(fullHostingPolicy({}), {
    intake: 'open',
    proof: 'none',
    noticeDays: 0,
    maxDays: null,
    blackouts: [],
  })
  t.match(fullHostingPolicy({ intake: 'closed', accepts: ['visit'] }), {
    intake: 'closed',
    accepts: ['visit'],
  })
})

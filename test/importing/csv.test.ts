import t from 'tap'
import { profileOf, readText, repairsOf, verdicts } from './rows.ts'

const german = [
  'Name;Straße;PLZ;Ort;Land;Breitengrad;Längengrad;Webseite;E-Mail;Tagespreis;Öffnungszeiten',
  'Büro Süd;Hauptstr. 5;80331;München;Deutschland;48,137;11,575;buero-sued.de;info@x.de;25,00 €;Mo-Fr 9:00-18:00',
  'Ärzte "Haus";Ring 3;50667;KÖLN;Deutschland;;;www.x.de;;12 EUR;',
  '"Mehr\nzeilig";Ring 4;50667;Köln;;50.94;6.96;;;;',
  ';;;;;;;;;;',
  ';Ring;1;Berlin;;;;;;;',
  'Kurz',
  'Lang;a;1010;Wien;Österreich;48.2;16.37;;;;;extra;more',
].join('\n')

t.test('readRows: CSV', async (t) => {
  const encodings: [string, Buffer][] = [
    ['UTF-8', Buffer.from(german)],
    ['UTF-8 with byte-order mark', Buffer.from(`\uFEFF${german}`)],
    ['UTF-16', Buffer.from(`\uFEFF${german}`, 'utf16le')],
    ['UTF-16 without mark', Buffer.from(german, 'utf16le')],
    ['Latin-1', Buffer.from(german.replace('€', 'EUR'), 'latin1')],
    ['CRLF', Buffer.from(german.replaceAll('\n', '\r\n'))],
    ['CR', Buffer.from(german.replaceAll('\n', '\r'))],
    ['tabs', Buffer.from(german.replaceAll(';', '\t'))],
    ['bars', Buffer.from(german.replaceAll(';', '|'))],
  ]
  for (const [what, bytes] of encodings)
    t.test(`reads the same rows from ${what}`, async (t) => {
      const read = await readText(t, 'liste.csv', bytes)
      t.equal(read.fault, undefined)
      t.strictSame(verdicts(read), [
        'accepted',
        'accepted',
        'accepted',
        'empty_row',
        'no_name',
        'no_position',
        'accepted',
      ])
      t.match(profileOf(read, 1), {
        name: 'Büro Süd', city: 'München', countryCode: 'DE', geo: { lat: 48.137, lon: 11.575 }, website: 'http://buero-sued.de/',
        plans: [{ kind: 'day_pass', price: 25, currency: 'EUR', period: 'day' }], openingHours: 'Mo-Fr 9:00-18:00',
      }) // prettier-ignore
      t.match(profileOf(read, 2), { name: 'Ärzte "Haus"', city: 'Köln', geoApproximate: true })
      t.match(profileOf(read, 3), { name: 'Mehr zeilig', countryCode: 'DE' })
      t.ok(repairsOf(read.profiles[3]).includes('row cells_beyond_the_header_ignored'))
      t.notMatch(JSON.stringify(read.rows), /info@x/)
      if (what === 'Latin-1') t.ok(repairsOf(read.profiles[0]).includes('row read_as_windows_1252'))
    })

  t.test('knows the words of other languages and scripts', async (t) => {
    const russian = await readText(t, 'ru.csv', 'Название;Город;Страна;Широта;Долгота;Цена;Сайт\nТочка;Санкт-Петербург;Россия;59.93;30.31;1000 руб;tochka.ru\n')
    t.match(profileOf(russian, 1), { city: 'Санкт-Петербург', countryCode: 'RU', website: 'http://tochka.ru/', plans: [{ price: 1000, currency: 'RUB' }] })
    const japanese = await readText(t, 'ja.csv', '名前\t住所\t市\t国\n梅田\t梅田1-2\t大阪市\t日本\n')
    t.match(profileOf(japanese, 1), { countryCode: 'JP', timezone: 'Asia/Tokyo', geoApproximate: true })
    const brazilian = await readText(t, 'pt.csv', 'sep=;\nNome;Cidade;UF;País;Coordenadas;Preço\nNós;São Paulo;SP;Brasil;"-23.5617, -46.6560";R$ 1.200,50\n')
    t.match(profileOf(brazilian, 1), { geo: { lat: -23.5617, lon: -46.656 }, plans: [{ price: 1200.5, currency: 'BRL' }] })
  }) // prettier-ignore

  t.test('finds the header below a title, and knows it when it comes again', async (t) => {
    const read = await readText(
      t,
      'pre.csv',
      'Spaces of 2023,,\n\nspace_name,city,country_code\nHub,Austin,US\nspace_name,city,country_code\nHub B,Durham,uk\n',
    )
    t.strictSame(verdicts(read), ['accepted', 'repeated_header', 'accepted'])
    t.equal(read.rows[0]?.line, 4)
    t.equal(profileOf(read, 3)?.countryCode, 'GB')
  })

  t.test('one id for one space, from the file or from name, city and domain', async (t) => {
    const head = 'name,website,address,city,country,lat,lon\n'
    const text = `${head}Hive,http://hive.org,1 Main St,Austin,US,30.26,-97.74\nHIVE,https://www.hive.org/,1 Main St.,Austin,US,30.26,-97.74\nHive,hive.org,99 Far Rd,Austin,US,30.40,-97.70\n`
    const read = await readText(t, 'ids.csv', text)
    t.strictSame(verdicts(read), ['accepted', 'duplicate', 'accepted'])
    t.match(read.rows[1]?.outcome, { ofRow: 1, reason: 'same_external_id' })
    t.ok(repairsOf(read.profiles[1]).includes('externalId branch_told_apart_by_address'))
    const again = await readText(t, 'renamed.csv', text)
    t.strictSame(again.rows, read.rows, 'the name of the file does not matter without ids')
    const own = await readText(t, 'Own List.csv', 'id,name,city,country\n7,Hive,Austin,US\n7,Hive,Austin,US\n')
    t.match(profileOf(own, 1), { source: 'own_list', externalId: '7' })
    t.strictSame(verdicts(own), ['accepted', 'duplicate'])
    const osm = await readText(t, 'overpass.csv', '@id\t@type\tname\t@lat\t@lon\n5\tnode\tHive\t30.26\t-97.74\n')
    t.match(profileOf(osm, 1), { source: 'openstreetmap', externalId: 'node/5', licence: 'ODbL-1.0' })
  }) // prettier-ignore

  t.test('knows a space that the list calls closed', async (t) => {
    const read = await readText(
      t,
      'closed.csv',
      'name,address,city,country,status\nA,CLOSED,Austin,US,\nB,1 Main,Austin,US,permanently closed\nClosed Loop,2 Main,Austin,US,open\n',
    )
    t.strictSame(verdicts(read), ['closed', 'closed', 'accepted'])
  })

  t.test('quotes no mail or phone in the report either', async (t) => {
    const read = await readText(
      t,
      'p.csv',
      'name,city,country,hours,price,address\neva@x.de,Berlin,DE,,,\nHaus,Berlin,DE,call +49 30 1234567 or eva@x.de,ask +49 30 1234567,"Ring 3, tel. 030 1234567"\n',
    )
    t.strictSame(verdicts(read), ['no_name', 'accepted'])
    t.notMatch(JSON.stringify(read.rows), /@|1234567/)
    t.equal(profileOf(read, 2)?.address?.street, 'Ring 3')
  })

  t.test('turns away text in an encoding it cannot tell', async (t) => {
    const koi = Buffer.from([0xcd, 0xe0, 0xe7, 0xe2, 0xe0, 0xed, 0xe8, 0xe5])
    const cells = await readText(
      t,
      'cells.csv',
      Buffer.concat([Buffer.from('name,city,country\n'), koi, Buffer.from(',Berlin,DE\n')]),
    )
    t.strictSame(verdicts(cells), ['unreadable_text'])
    const titles = await readText(
      t,
      'titles.csv',
      Buffer.concat([koi, Buffer.from(';'), koi, Buffer.from('\nx;y\n')]),
    )
    t.match(titles.fault, { code: 'unknown_format', message: /UTF-8/ })
  })
})

import t from 'tap'
import { geojson, profileOf, readText, repairsOf, verdicts } from './rows.ts'

t.test('readRows: OSM tags', async (t) => {
  t.test('takes the name from another tag, never from the operator', async (t) => {
    const at = [-0.08, 51.52]
    const read = await readText(t, 'london.geojson', geojson(
      { at, tags: { 'name:en': 'Thames Hub' } },
      { at, tags: { official_name: 'Shoreditch Works Ltd' } },
      { at, tags: { brand: 'WeWork', branch: 'Moorgate' } },
      { at, tags: { operator: 'John Smith' } },
      { at, tags: { name: ' ?? ' } },
    )) // prettier-ignore
    t.strictSame(verdicts(read), ['accepted', 'accepted', 'accepted', 'no_name', 'no_name'])
    t.strictSame(
      read.profiles.map(({ profile }) => profile.name),
      ['Thames Hub', 'Shoreditch Works Ltd', 'WeWork Moorgate'],
    )
    t.strictSame(repairsOf(read.profiles[0]), ['name name_from_another_field'])
  })

  t.test('finds the website under its several keys and leaves accounts, phones and mail out', async (t) => {
    const at = [13.4, 52.52]
    const read = await readText(t, 'berlin.geojson', geojson(
      { at, tags: { name: 'A', 'contact:website': 'betahaus.com;https://facebook.com/betahaus', phone: '+49 30 123456' } },
      { at, tags: { name: 'B', url: 'https://www.instagram.com/b/', email: 'b@example.org' } },
      { at, tags: { name: 'C', website: 'mailto:c@c.de', 'contact:url': 'http//c.de' } },
      { at, tags: { name: 'D', description: 'Ask Eva at eva@d.de or +49 (30) 1234-5678, open since 2019-2020 &amp; loved' } },
    )) // prettier-ignore
    const websites = read.profiles.map(({ profile }) => profile.website)
    t.strictSame(websites, ['http://betahaus.com/', undefined, 'http://c.de/', undefined])
    t.strictSame(read.profiles.map(({ dropped }) => dropped.sort()), [['phone'], ['account_page', 'email'], ['email'], ['contacts_in_description']])
    t.equal(profileOf(read, 4)?.description, 'Ask Eva at or, open since 2019-2020 & loved')
    t.notMatch(JSON.stringify(read.rows), /facebook|instagram|@|123456/)
  }) // prettier-ignore

  t.test('turns away what is gone and what is no coworking space', async (t) => {
    const at = [-46.65, -23.56]
    const gone = { office: undefined, name: 'Velho' }
    const read = await readText(t, 'sp.geojson', geojson(
      { at, tags: { ...gone, 'disused:amenity': 'coworking_space' } },
      { at, tags: { ...gone, 'was:office': 'coworking', shop: 'bakery' } },
      { at, tags: { ...gone, 'abandoned:office': 'coworking' } },
      { at, tags: { office: undefined, amenity: 'restaurant', name: 'Pizza' } },
      { at, tags: { office: 'company;coworking', name: 'Firma' } },
      { at, tags: { office: undefined, amenity: 'cafe', name: 'Coworking Café' } },
    )) // prettier-ignore
    t.strictSame(verdicts(read), [
      'closed',
      'closed',
      'closed',
      'not_a_coworking_space',
      'accepted',
      'accepted',
    ])
    t.match(profileOf(read, 5), { city: 'São Paulo', countryCode: 'BR', timezone: 'America/Sao_Paulo' })
  })

  t.test('cleans names of every script of what cannot be seen', async (t) => {
    const read = await readText(t, 'names.geojson', geojson(
      { at: [37.617, 55.755], tags: { name: 'Ковор\u0000кинг \u202e«Точка»', 'addr:city': 'Москва' } },
      { at: [139.7, 35.66], tags: { name: '渋谷\u200bワーク', 'addr:city': '東京', 'addr:country': 'jp' } },
      { at: [2.35, 48.85], tags: { name: 'CafÃ© des  Mots\u00a0' } },
      { at: [2.35, 48.85], tags: { name: `Long ${'word '.repeat(60)}` } },
    )) // prettier-ignore
    t.match(profileOf(read, 1), { name: 'Коворкинг «Точка»', city: 'Москва', countryCode: 'RU' })
    t.match(profileOf(read, 2), {
      name: '渋谷ワーク',
      city: '東京',
      countryCode: 'JP',
      timezone: 'Asia/Tokyo',
    })
    t.equal(profileOf(read, 3)?.name, 'Café des Mots')
    t.ok((profileOf(read, 4)?.name.length ?? 999) <= 120)
    t.strictSame(read.profiles.map(repairsOf), [
      ['name invisible_characters_removed'], ['name invisible_characters_removed'], ['name double_encoding_undone'], ['name shortened'],
    ]) // prettier-ignore
  })

  t.test('keeps hours that parse, corrects what it can and names what it drops', async (t) => {
    const at = [2.35, 48.85]
    const hours = [
      '24/7',
      'Mo-Fr 09:00-19:00; PH off',
      'Mon-Fri 9am-6pm',
      'sur rendez-vous au 3e',
      '9'.repeat(300),
    ]
    const read = await readText(
      t,
      'hours.geojson',
      geojson(...hours.map((opening_hours, at_) => ({ at, tags: { name: `H${at_}`, opening_hours } }))),
    )
    t.strictSame(
      read.profiles.map(({ profile }) => profile.openingHours),
      ['24/7', 'Mo-Fr 09:00-19:00; PH off', 'Mo-Fr 09:00-18:00', undefined, undefined],
    )
    t.equal(profileOf(read, 1)?.access, '24_7')
    t.match(read.profiles[3]?.repairs, [{ what: 'opening_hours_invalid', raw: 'sur rendez-vous au 3e' }])
  })

  t.test('maps what a space offers and how it is reached', async (t) => {
    const read = await readText(t, 'a.geojson', geojson({
      at: [2.35, 48.85],
      tags: {
        name: 'Étage', internet_access: 'wlan', wheelchair: 'limited', capacity: '40', check_date: '2025-11-21', alt_name: 'Stage; Floor',
        'addr:housenumber': '34', 'addr:street': "Rue d'Aligre", 'addr:country': 'fr', charge: '12 EUR/day', 'language:fr': 'yes',
      },
    })) // prettier-ignore
    t.match(profileOf(read, 1), {
      amenities: ['wifi'],
      accessibility: { stepFree: null, notes: 'limited' },
      capacity: 40,
      checkedOn: '2025-11-21',
      alsoKnownAs: ['Stage', 'Floor'],
      address: { street: "34 Rue d'Aligre" },
      plans: [{ kind: 'day_pass', price: 12, currency: 'EUR', period: 'day' }],
      languages: ['fr'],
    })
  })

  t.test('reads the ids and tags of other tools', async (t) => {
    const point = { type: 'Point', coordinates: [2.35, 48.85] }
    const features = [
      { type: 'Feature', id: 'way/7', geometry: point, properties: { office: 'coworking', name: 'Turbo' } },
      { type: 'Feature', geometry: point, properties: { full_id: 'n8', office: 'coworking', name: 'Quick', addr_city: 'Paris' } },
      { type: 'Feature', id: 'a19', geometry: point, properties: { office: 'coworking', name: 'Osmium' } },
      { type: 'Feature', geometry: point, properties: { osm_id: '10', other_tags: '"office"=>"coworking"', osm_type: 'node', name: 'Gdal' } },
      { type: 'Feature', geometry: point, properties: { id: 'x-1', name: 'Own' } },
      { type: 'Feature', geometry: point, properties: { name: 'Nothing' } },
    ] // prettier-ignore
    const read = await readText(t, 'tools.geojson', JSON.stringify({ features, type: 'FeatureCollection' }))
    t.strictSame(
      read.profiles.map(({ profile }) => `${profile.source} ${profile.externalId.slice(0, 10)}`),
      ['openstreetmap way/7', 'openstreetmap node/8', 'openstreetmap relation/9', 'openstreetmap node/10', 'tools x-1', `geojson ${read.profiles[5]?.profile.externalId.slice(0, 10) ?? ''}`],
    ) // prettier-ignore
    t.match(profileOf(read, 6)?.externalId, /^hash:[\da-f]{32}$/)
    t.equal(profileOf(read, 5)?.licence, null, 'only OSM data carry the ODbL')
  })
})

import t from 'tap'
import { findPlace } from '../../src/importing/place.ts'
import type { Repair } from '../../src/importing/record.ts'
import type { StatedPlace } from '../../src/importing/stated-place.ts'

interface Found {
  at: string
  city: string
  country: string
  repairs: string[]
}

function find(stated: Partial<StatedPlace>): Found | string {
  const repairs: Repair[] = []
  const answer = findPlace({ lat: undefined, lon: undefined, countryCode: null, surveyed: false, ...stated }, repairs)
  if ('reason' in answer) return answer.reason
  const { point, city, countryCode } = answer
  return { at: `${Math.round(point.lat * 10) / 10} ${Math.round(point.lon * 10) / 10}`, city, country: countryCode, repairs: repairs.map(({ field, what }) => `${field} ${what}`) }
} // prettier-ignore

const typed = (
  lat: unknown,
  lon: unknown,
  city: string | undefined,
  countryCode: string | null,
  region?: string,
): Found | string => find({ lat, lon, city, countryCode, region })

t.test('findPlace', async (t) => {
  t.test('reads a position however it is written', async (t) => {
    const forms: [unknown, unknown, string | null][] = [
      [52.52, 13.4, null],
      ['52.52', '13.4', null],
      ['52,52', '13,4', 'geo decimal_comma'],
      ['52° 31\' 12"', "13° 24' 0\"", 'geo degrees_minutes'],
      ['N 52.52', 'E 13.4', 'geo hemisphere_letter'],
      ['52.52, 13.4', '', null],
      ['5252000', '13400000', 'geo decimal_point_restored'],
      ['52.520.000', '13.400.000', 'geo decimal_point_restored'],
      [13.4, 52.52, 'geo axes_exchanged'],
      ['POINT(13.4 52.52)', undefined, null],
      [6894220.1, 1489199.4, 'geo metres_converted'],
    ]
    for (const [lat, lon, repair] of forms)
      t.match(typed(lat, lon, 'Berlin', 'DE'), { at: '52.5 13.4', repairs: repair === null ? [] : [repair] }, `${String(lat)} | ${String(lon)}`)
  }) // prettier-ignore

  t.test('restores a lost sign, south and west', async (t) => {
    t.match(typed(33.87, 151.2, 'Sydney', 'AU'), { at: '-33.9 151.2', repairs: ['geo sign_restored'] })
    t.match(typed(4.6, 74.08, 'Bogotá', 'CO'), { at: '4.6 -74.1', repairs: ['geo sign_restored'] })
    t.match(typed(23.56, 46.68, 'São Paulo', 'BR'), { at: '-23.6 -46.7', repairs: ['geo sign_restored'] })
    t.match(typed(40.7, 74, undefined, 'US'), {
      at: '40.7 -74',
      city: 'New York City',
      repairs: ['geo sign_restored'],
    })
  })

  t.test('puts a placeholder into the middle of the city and says so', async (t) => {
    for (const [lat, lon] of [[0, 0], [35, 50], [52.52, 52.52], [51.5, -0.12]])
      t.match(typed(lat, lon, 'Köln', 'DE'), { at: '50.9 7', repairs: ['geo contradiction_city_position_used'] })
    t.equal(typed(0, 0, undefined, null), 'position_contradicts')
    t.equal(typed('n/a', '-', undefined, 'DE'), 'no_position')
  }) // prettier-ignore

  t.test('tells homonyms apart by nearness and by state', async (t) => {
    t.match(typed(51.48, 11.97, 'Halle', 'DE'), { at: '51.5 12', repairs: [] })
    t.match(typed(43.13, -70.93, 'Durham', 'US', 'NH'), { at: '43.1 -70.9', repairs: [] })
    t.match(typed(33.58, -112.24, 'Peoria', 'US', 'IL'), {
      at: '40.7 -89.6',
      repairs: ['geo contradiction_city_position_used'],
    })
    t.equal(typed(undefined, undefined, 'Springfield', 'US'), 'no_position', 'there are too many')
    t.match(typed(undefined, undefined, 'Springfield', 'US', 'Illinois'), { at: '39.8 -89.6' })
  })

  t.test('knows cities by other names, in other scripts and nearly spelt', async (t) => {
    const names = [['Wien', 'AT'], ['Warszawa', 'PL'], ['Bangalore', 'IN'], ['Киев', 'UA'], ['北京', 'CN'], ['القاهرة', 'EG'], ['Αθήνα', 'GR'], ['Geneva', 'CH'], ['St. Paul', 'US']] // prettier-ignore
    for (const [city = '', country = ''] of names)
      t.match(typed(undefined, undefined, city, country), { city, repairs: ['geo city_position_used'] }, city)
    t.match(typed(48.785, 9.18, 'Stutgartt', 'DE'), { city: 'Stuttgart', repairs: ['city spelling'] })
    t.match(typed(undefined, undefined, 'Chattanoga', 'US', 'TN'), {
      city: 'Chattanooga',
      repairs: ['city spelling', 'geo city_position_used'],
    })
  })

  t.test('takes districts and postcodes off the city', async (t) => {
    const given = [
      'Lyon 3eme Arrondissement',
      '69003 Lyon',
      'Lyon (Part-Dieu)',
      'Lyon, France',
      'LYON CEDEX 03',
      'Lyon-Vaise',
      'lyon',
    ]
    for (const city of given)
      t.match(typed(45.76, 4.85, city, 'FR'), { city: 'Lyon', repairs: ['city city_cleaned'] }, city)
  })

  t.test('believes city and position against the country', async (t) => {
    t.match(typed(19.02, 72.86, 'Mumbai', 'GB'), { city: 'Mumbai', country: 'IN' })
  })

  t.test('believes a surveyed position against its tags', async (t) => {
    const paris = { lat: 48.85, lon: 2.35, surveyed: true }
    t.match(find({ ...paris, city: 'Lyon' }), {
      at: '48.9 2.4',
      city: 'Paris',
      repairs: ['city city_contradicts_position'],
    })
    t.match(
      find({ ...paris, city: 'Springfield' }),
      { city: 'Springfield', country: 'FR', repairs: [] },
      'perhaps a hamlet',
    )
    t.match(find({ lat: 13.4, lon: 52.52, city: 'Berlin', surveyed: true }), {
      at: '52.5 13.4',
      repairs: ['geo axes_exchanged'],
    })
  })

  t.test('finds the city that a point belongs to', async (t) => {
    const points: [number, number, string, string][] = [
      [48.8722, 2.3988, 'Paris', 'FR'],
      [48.8611, 2.4436, 'Montreuil', 'FR'],
      [41.9, 12.48, 'Rome', 'IT'],
      [32.553, -117.045, 'Imperial Beach', 'US'],
      [47.558, 7.588, 'Basel', 'CH'],
      [46.191, 6.236, 'Annemasse', 'FR'],
      [51.5247, -0.0784, 'London', 'GB'],
      [-16.79, 179.99, 'Labasa', 'FJ'],
      [-16.79, -179.99, 'Labasa', 'FJ'],
      [-41.29, 174.78, 'Wellington', 'NZ'],
      [64.15, -21.94, 'Reykjavík', 'IS'],
    ]
    for (const [lat, lon, city, country] of points)
      t.match(find({ lat, lon, surveyed: true }), { city, country }, city)
    t.equal(find({ lat: 20, lon: -30, surveyed: true }), 'no_city')
  })
})

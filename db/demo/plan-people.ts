import type { City } from './cities.ts'
import { namesByLanguage, type NameLanguage, type Names } from './people.ts'
import type { Random } from './random.ts'

/** A fictional member, with an e-mail or a telephone number that nobody has. */
export type Person =
  { readonly name: string; readonly email: string } | { readonly name: string; readonly phone: string }

/** Domains that RFC 2606 keeps free of owners. */
const domains = ['example.org', 'example.net', 'example.com'] as const

/** @param index makes the address of this person one of its own */
export const planPerson = (random: Random, city: City, index: number): Person => {
  const { given, family, familyFirst }: Names = namesByLanguage[languageOf(random, city)]
  const first = spelling(random.pick(given))
  const last = spelling(random.pick(family))
  const name = familyFirst ? `${last.own} ${first.own}` : `${first.own} ${last.own}`
  if (city.phone !== '' && random.chance(0.08)) {
    return { name, phone: `${city.phone}${String(random.int(10, 99))}` }
  }
  return { name, email: `${first.latin}.${last.latin}.${String(index)}@${random.pick(domains)}` }
}

/** Mostly the first language of the city; people move. */
const languageOf = (random: Random, city: City): NameLanguage => {
  const home: Partial<Record<string, NameLanguage>> = { KE: 'sw', ZA: 'af', IN: 'kn' }
  const first = home[city.countryCode] ?? (city.languages[0] as NameLanguage)
  return random.chance(0.85) ? first : random.pick(Object.keys(namesByLanguage) as NameLanguage[])
}

/** `서연|seoyeon` as written at home, and in an address. */
const spelling = (text: string) => {
  const [own = text, latin = own] = text.split('|')
  return { own, latin: plain(latin) }
}

const plain = (text: string): string =>
  text
    .replaceAll('ı', 'i')
    .normalize('NFKD')
    .replaceAll(/[^\p{ASCII}]/gu, '')
    .toLowerCase()

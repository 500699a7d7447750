import { fold } from '../spaces/fold.ts'
import { signOf, type Column } from './csv-columns.ts'
import type { Draft, FileSources, Rejection } from './draft.ts'
import { openStreetMap, readId } from './osm-object.ts'
import { readPlan, readYesNo } from './prices.ts'
import type { ImportedPlan, Repair } from './record.ts'

export interface CsvLayout {
  titles: string[]
  columns: (Column | null)[]
  sources: FileSources
}

type Cells = (column: Column) => string[]

const closed =
  /^\W*(?:permanently |now |has )?(?:closed(?: down| permanently)?|out of business|ferm[eé](?: d[eé]finitivement)?|(?:dauerhaft )?geschlossen|cerrado|fechado|chiuso|gesloten|закрыто|閉店)\W*$/i

/** Known words for amenities; others become a code of their own. */
const codes: Record<string, string> = {
  'wi fi': 'wifi', wifi: 'wifi', wlan: 'wifi', 'high speed internet': 'wifi', 'free wifi': 'wifi', coffee: 'coffee', kaffee: 'coffee', cafe: 'cafe',
  kitchen: 'kitchen', kuche: 'kitchen', cuisine: 'kitchen', cocina: 'kitchen', parking: 'parking', parkplatz: 'parking', printer: 'printer', printing: 'printer',
  drucker: 'printer', imprimante: 'printer', 'meeting room': 'meeting_room', 'meeting rooms': 'meeting_room', besprechungsraum: 'meeting_room',
  'quiet room': 'quiet_room', 'phone booth': 'phone_booth', 'phone booths': 'phone_booth', terrace: 'terrace', shower: 'shower', showers: 'shower',
} // prettier-ignore

function amenityCode(text: string): string {
  const key = fold(text)
  return codes[key] ?? key.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
}

/** Answers to yes/no columns as amenity codes; an answer with a condition is kept and reported. */
function answers(cells: Cells, repairs: Repair[]): string[] {
  const asked: [Column, string][] = [
    ['freeTrial', 'free_trial'],
    ['visa', 'coworking_visa'],
    ['wifi', 'wifi'],
  ]
  return asked.flatMap(([column, code]) => {
    const raw = cells(column).find((cell) => cell.trim() !== '')
    const answer = readYesNo(raw)
    if (raw !== undefined && (answer === null || answer.condition))
      repairs.push({
        field: 'amenities',
        what: answer === null ? 'answer_unclear' : 'answer_with_condition',
        raw: raw.slice(0, 200),
      })
    return answer?.yes === true ? [code] : []
  })
}

function priceReader(layout: CsvLayout, cells: Cells): Draft['plans'] {
  const kinds: [Column, Pick<ImportedPlan, 'kind' | 'period'>][] = [
    ['dayPrice', { kind: 'day_pass', period: 'day' }],
    ['monthPrice', { kind: 'membership', period: 'month' }],
    ['hourPrice', { kind: 'flex_desk', period: 'hour' }],
  ]
  return (country, repairs) =>
    kinds.flatMap(([column, plan]) => {
      const at = layout.columns.indexOf(column)
      const sign = cells('currency')[0]?.trim() || signOf(layout.titles[at] ?? '')
      const read = readPlan(
        cells(column)[0],
        plan,
        { country, ...(sign === undefined ? {} : { sign }) },
        repairs,
      )
      return read === null ? [] : [read]
    })
}

const languageNames: Record<string, string> = {
  english: 'en', anglais: 'en', englisch: 'en', ingles: 'en', inglese: 'en', french: 'fr', francais: 'fr', franzosisch: 'fr', frances: 'fr', german: 'de', deutsch: 'de',
  allemand: 'de', aleman: 'de', spanish: 'es', espanol: 'es', espagnol: 'es', spanisch: 'es', italian: 'it', italiano: 'it', portuguese: 'pt', portugues: 'pt', dutch: 'nl',
  nederlands: 'nl', polish: 'pl', polski: 'pl', russian: 'ru', japanese: 'ja', chinese: 'zh', korean: 'ko', czech: 'cs', swedish: 'sv', danish: 'da', norwegian: 'no',
  finnish: 'fi', greek: 'el', turkish: 'tr', arabic: 'ar', hebrew: 'he', ukrainian: 'uk', hungarian: 'hu', catalan: 'ca',
} // prettier-ignore

const parts = (cells: string[]): string[] =>
  cells
    .flatMap((cell) => cell.split(/[,;|\n/]/))
    .map((part) => part.trim())
    .filter((part) => part !== '')

const filled = (cells: string[]): string | undefined =>
  cells.map((cell) => cell.trim()).find((cell) => cell !== '')

/** Address lines in one; a suite before the street stays where the file has it. */
function street(cells: Cells): string | undefined {
  const lines = cells('street')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return lines.length === 0 ? undefined : lines.join(', ')
}

/** The profile-to-be of a record, or why it is none. */
export function csvDraft(record: readonly string[], layout: CsvLayout): Draft | Rejection {
  if (record.every((cell) => cell.trim() === ''))
    return { reason: 'empty_row', detail: 'all cells are empty' }
  const same = layout.titles.filter((title, at) => title.trim() !== '' && title === record[at]).length
  if (same >= 3) return { reason: 'repeated_header', detail: 'the header stands here once more' }
  const cells: Cells = (column) =>
    layout.columns.flatMap((known, at) => (known === column ? [record[at] ?? ''] : []))
  const shut = [...cells('name'), ...cells('street'), ...cells('status'), ...cells('hours')].find((cell) =>
    closed.test(cell),
  )
  if (shut !== undefined) return { reason: 'closed', detail: `the row says "${shut.trim()}"` }
  const repairs: Repair[] = []
  const beyond = record.slice(layout.titles.length).filter((cell) => cell.trim() !== '')
  if (beyond.length > 0) repairs.push({ field: 'row', what: 'cells_beyond_the_header_ignored' })
  const personal = layout.columns.some(
    (column, at) => column === 'personal' && (record[at] ?? '').trim() !== '',
  )
  const id = filled(cells('id')) ?? null
  const osmId = readId(id, filled(cells('osmType')))
  // A column 'Location' holds coordinates in one directory and the city in the next.
  const location = filled(cells('position'))
  const isPosition = /\d/.test(location ?? '')
  const step = readYesNo(filled(cells('wheelchair')))
  return {
    ...(osmId === null
      ? {
          source: id === null ? layout.sources.withoutIds : layout.sources.withIds,
          licence: null,
          attribution: null,
        }
      : openStreetMap),
    externalId: osmId ?? id,
    names: cells('name'),
    otherNames: parts(cells('otherNames')),
    brand: filled(cells('brand')),
    street: street(cells),
    houseNumber: filled(cells('housenumber')),
    postcode: filled(cells('postcode')),
    city: filled(cells('city')) ?? (isPosition ? undefined : location),
    region: filled(cells('region')),
    country: filled(cells('country')),
    lat: filled(cells('lat')) ?? (isPosition ? location : undefined),
    lon: filled(cells('lon')),
    surveyed: false,
    websites: cells('website'),
    openingHours: filled(cells('hours')),
    description: filled(cells('description')),
    checkedOn: filled(cells('checkedOn')),
    capacity: filled(cells('capacity')),
    languages: parts(cells('languages')).map((part) => languageNames[fold(part)] ?? part.toLowerCase()),
    amenities: [...answers(cells, repairs), ...parts(cells('amenities')).map(amenityCode)],
    communityTypes: [],
    accessibility: step === null ? undefined : { stepFree: step.yes },
    plans: priceReader(layout, cells),
    repairs,
    dropped: new Set(personal ? ['personal_columns'] : []),
  }
}

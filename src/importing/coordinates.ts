import type { Point } from '../spaces/distance.ts'

interface Reading {
  value: number
  /** What had to be done to read it; null for a plain decimal number. */
  how: string | null
}

const number = (text: string): number => Number(text.replace(',', '.'))

/** "14° 33' 20.72\"", "N48 51.5", "48°51′24″N", "2 21 03 W". */
function readSexagesimal(text: string): number | null {
  const found =
    /^([-+])?\s*(\d{1,3})\s*(?:[°ºd˚*]|deg|\s)\s*(\d{1,2}(?:[.,]\d+)?)?\s*(?:['′’´m]|min|\s|$)?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:["″”s]|''|′′|’’|sec)?)?$/i.exec(
      text,
    )
  if (found === null) return null
  const [, sign, degrees = '0', minutes = '0', seconds = '0'] = found
  if (number(minutes) >= 60 || number(seconds) >= 60) return null
  return (sign === '-' ? -1 : 1) * (Number(degrees) + number(minutes) / 60 + number(seconds) / 3600)
}

/**
 * One coordinate as people write it: decimal with point or comma, degrees with minutes and seconds, a letter for the
 * hemisphere. Null when there is no number in it. The range is not judged here.
 */
export function readCoordinate(raw: unknown): Reading | null {
  if (typeof raw === 'number') return Number.isFinite(raw) ? { value: raw, how: null } : null
  if (typeof raw !== 'string' || raw.length > 100) return null
  const text = raw
    .normalize('NFC')
    .replace(/[−–—]/g, '-')
    .replace(/[\u00A0\u202F\s]+/g, ' ')
    .trim()
  if (/^[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(text)) return { value: Number(text), how: null }
  if (/^[-+]?\d+,\d+$/.test(text)) return { value: number(text), how: 'decimal_comma' }
  // Spreadsheets read 49.45209 as thousands and write 4.945.209.
  if (/^[-+]?\d{1,3}(?:[.,]\d{3}){2,}$/.test(text))
    return { value: Number(text.replace(/[.,]/g, '')), how: 'thousands_marks' }
  const letter = /^([NSEWO])\s*|\s*([NSEWO])$/i.exec(text)
  const bare = letter === null ? text : text.replace(letter[0], '').trim()
  const south = letter !== null && /[SW]/i.test(letter[0])
  const plain = /^[-+]?\d+(?:[.,]\d+)?°?$/.test(bare) ? number(bare.replace('°', '')) : readSexagesimal(bare)
  if (plain === null || !Number.isFinite(plain)) return null
  return {
    value: south ? -Math.abs(plain) : plain,
    how: /[°'′\s]/.test(bare) ? 'degrees_minutes' : 'hemisphere_letter',
  }
}

/** "48.8566, 2.3522" in one cell: [lat, lon] texts; null for anything else. WKT's POINT has the longitude first. */
export function splitPair(raw: string): [string, string] | null {
  const wkt = /^\s*POINT\s*Z?\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)/i.exec(raw)
  if (wkt !== null) return [wkt[2] ?? '', wkt[1] ?? '']
  const text = raw.trim().replace(/^[([]|[)\]]$/g, '')
  const found =
    /^(.*\d.*?[NS])[\s,;/]+(.*\d.*?[EWO])$/i.exec(text) ??
    /^(-?\d{1,3}[.,]\d+)\s*[;/|]\s*(-?\d{1,3}[.,]\d+)$/.exec(text) ??
    /^(-?\d{1,3}\.\d+)\s*[,\s]\s*(-?\d{1,3}\.\d+)$/.exec(text)
  return found === null ? null : [found[1] ?? '', found[2] ?? '']
}

export interface Candidate {
  point: Point
  /** null: as it stands. */
  what: string | null
}

const inRange = ({ lat, lon }: Point): boolean => Math.abs(lat) <= 90 && Math.abs(lon) <= 180

/** Every place a decimal point could have been lost from: 4945209 may be 49.45209 or 4.945209. */
function scaled(value: number, limit: number): number[] {
  if (Math.abs(value) <= limit) return [value]
  return Array.from({ length: 16 }, (_, k) => value / 10 ** (k + 1))
    .filter((small) => Math.abs(small) <= limit && Math.abs(small) >= 0.1)
    .slice(0, 3)
}

/** Web Mercator metres (EPSG:3857), which desktop map programs export by default. */
function fromMercator(x: number, y: number): Point {
  const radius = 6_378_137
  return {
    lon: (x / radius) * (180 / Math.PI),
    lat: (2 * Math.atan(Math.exp(y / radius)) - Math.PI / 2) * (180 / Math.PI),
  }
}

/**
 * What a pair of numbers could have meant, most likely first: as it stands, a lost decimal point, exchanged axes, a
 * lost sign, metres instead of degrees. Whoever asks must confirm a candidate by other facts.
 */
export function candidates(lat: number, lon: number): Candidate[] {
  const list: Candidate[] = [{ point: { lat, lon }, what: null }]
  const lats = scaled(lat, 90)
  const lons = scaled(lon, 180)
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180)
    for (const a of lats)
      for (const b of lons) list.push({ point: { lat: a, lon: b }, what: 'decimal_point_restored' })
  list.push({ point: { lat: lon, lon: lat }, what: 'axes_exchanged' })
  for (const a of lats.slice(0, 2))
    for (const b of lons.slice(0, 2))
      list.push(
        { point: { lat: a, lon: -b }, what: 'sign_restored' },
        { point: { lat: -a, lon: b }, what: 'sign_restored' },
        { point: { lat: -a, lon: -b }, what: 'sign_restored' },
      )
  list.push(
    { point: { lat: lon, lon: -lat }, what: 'axes_exchanged' },
    { point: { lat: -lon, lon: lat }, what: 'axes_exchanged' },
    { point: { lat: -lon, lon: -lat }, what: 'axes_exchanged' },
  )
  if (Math.abs(lat) > 1000 && Math.abs(lon) > 1000)
    list.push(
      { point: fromMercator(lon, lat), what: 'metres_converted' },
      { point: fromMercator(lat, lon), what: 'metres_converted' },
    )
  return list.filter(({ point }) => inRange(point))
}

/** 0/0, the same number twice, whole degrees: what forms and people write when they do not know. */
export function isPlaceholder({ lat, lon }: Point): boolean {
  if (lat === lon) return true
  if (Math.abs(lat) < 0.01 && Math.abs(lon) < 0.01) return true
  return Number.isInteger(lat) && Number.isInteger(lon)
}

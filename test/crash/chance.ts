import { createHash } from 'node:crypto'

/** Chance that can be had again: the same seed gives the same numbers, from 0 up to 1. */
export type Chance = () => number

export const chanceOf = (seed: string): Chance => {
  let drawn = 0
  return () => {
    drawn += 1
    return createHash('sha256').update(`${seed} ${drawn}`).digest().readUInt32BE() / 2 ** 32
  }
}

export const pick = <T>(chance: Chance, from: readonly T[]): T => {
  const found = from[Math.floor(chance() * from.length)]
  if (found === undefined) throw new Error('There is nothing to pick from')
  return found
}

/** Some of `from`, each once. */
export const sample = <T>(chance: Chance, from: readonly T[], count: number): T[] => {
  if (from.length <= count) return [...from]
  const places = new Set<number>()
  while (places.size < count) places.add(Math.floor(chance() * from.length))
  return [...places].map((place) => from[place]!)
}

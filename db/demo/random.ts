/** Chance that can be had again: the same seed draws the same lots. */
export interface Random {
  /** From 0 up to, not including, 1. */
  fraction(): number
  /** A whole number, both ends included. */
  int(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  /** `count` different ones, in the order of `from`. */
  some<T>(from: readonly T[], count: number): T[]
  /** One of them, as often as its weight says. */
  weighted<T>(from: readonly (readonly [T, number])[]): T
}

/** Xorshift with 32 bits (Marsaglia 2003): plenty for a demo, the same on every machine. */
export const seeded = (seed: number): Random => {
  let state = seed | 0 || 1
  const fraction = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  const int = (from: number, to: number) => from + Math.floor(fraction() * (to - from + 1))
  const pick = <T>(from: readonly T[]): T => from[int(0, from.length - 1)] as T
  const some = <T>(from: readonly T[], count: number): T[] => {
    const left = from.map((_, index) => index)
    while (left.length > count) left.splice(int(0, left.length - 1), 1)
    return left.map((index) => from[index] as T)
  }
  const weighted = <T>(from: readonly (readonly [T, number])[]): T => {
    let lot = fraction() * from.reduce((sum, [, weight]) => sum + weight, 0)
    const drawn = from.find(([, weight]) => (lot -= weight) < 0) ?? from.at(-1)
    return (drawn as readonly [T, number])[0]
  }
  return { fraction, int, chance: (probability) => fraction() < probability, pick, some, weighted }
}

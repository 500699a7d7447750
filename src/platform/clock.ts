/** The only place that reads the time. Everything else is handed a clock, so tests and the demo can set it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still until it is told to move. */
export interface SettableClock extends Clock {
  set(ms: number): void
  advance(ms: number): void
}

export const settableClock = (start: number): SettableClock => {
  let current = start
  return {
    now: () => current,
    set: (ms) => {
      current = ms
    },
    advance: (ms) => {
      current += ms
    },
  }
}

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** RFC 3339 in UTC with milliseconds: the one form in which an instant leaves or enters Waggle. */
export const instant = (ms: number): string => new Date(ms).toISOString()

/** The calendar day of an instant, in UTC: `2026-11-23`. */
export const dayOf = (ms: number): string => instant(ms).slice(0, 10)

export const millisOf = (text: string): number => Date.parse(text)

import { sqlState } from '../database/pool.ts'

/** Where jobs say what went wrong: by code, without words that could hold an address. */
export interface JobLog {
  warn(facts: object, message: string): void
}

/** A job that comes round by itself. */
export interface Recurring {
  /** No further round is begun; resolves when the one under way has ended. */
  stop(): Promise<void>
}

/**
 * Does `work` every `ms` milliseconds until it is stopped. Rounds never overlap, a failed one is logged and forgotten,
 * and the timer keeps no process alive.
 */
export const every = (ms: number, log: JobLog, name: string, work: () => Promise<unknown>): Recurring => {
  let underWay: Promise<void> | null = null
  const round = async () => {
    try {
      await work()
    } catch (error) {
      log.warn({ job: name, code: faultCode(error) }, 'job failed')
    } finally {
      underWay = null
    }
  }
  const timer = setInterval(() => {
    underWay ??= round()
  }, ms)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await underWay
    },
  }
}

/** What a failure may be known by in logs and tables: its code, never its words. */
export const faultCode = (error: unknown): string => {
  const code = sqlState(error) ?? 'unknown'
  return /^\w{1,40}$/.test(code) ? code : 'unknown'
}

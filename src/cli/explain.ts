import { ConfigFault } from '../config.ts'
import { DataFolderHeld, EmbeddedUnavailable } from '../platform/database/embedded/errors.ts'
import { Problem } from '../platform/errors.ts'
import { UnknownSealingKey } from '../platform/sealing.ts'

/** What a person at the terminal is told: one sentence for what they can mend, the whole story for what they cannot. */
export const explain = (error: unknown): string => {
  const isOurs = [ConfigFault, DataFolderHeld, EmbeddedUnavailable, Problem, UnknownSealingKey].some(
    (known) => error instanceof known,
  )
  if (!(error instanceof Error)) return String(error)
  if (error instanceof Problem && error.cause instanceof Error)
    return `${error.message} (${wordsOf(error.cause)})`
  if ('code' in error && error.code === 'EADDRINUSE') return `${error.message}. Set PORT to another one.`
  return isOurs ? error.message : (error.stack ?? error.message)
}

/** A name that leads to several addresses fails at each of them, and has no words for it as a whole. */
const wordsOf = (error: Error): string => {
  if (error instanceof AggregateError) return error.errors.map((one: Error) => one.message).join(', ')
  return error.message
}

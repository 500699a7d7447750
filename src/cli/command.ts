import { readConfig } from '../config.ts'
import type { Ctx } from '../platform/context.ts'
import { openRuntime } from './runtime.ts'
import { asSteward } from './steward.ts'

/** Runs one command as the steward, on the running database or on one that is started for its time. */
export const runCommand = async <T>(
  commandName: string,
  work: (ctx: Ctx) => Promise<T>,
  options: { readonly statementTimeoutMs?: number } = {},
): Promise<T> => {
  const log = (line: string) => process.stderr.write(`${line}\n`)
  const runtime = await openRuntime(readConfig(), { holder: 'command', commandName, log, ...options })
  try {
    return await work(asSteward(runtime.deps))
  } finally {
    await runtime.close()
  }
}

import { readConfig } from '../config.ts'
import { verifyLedger as verify } from '../reciprocity/verify.ts'
import { openRuntime } from './runtime.ts'

/** Recomputes every balance from the entries; exit code 1 on any difference. */
export const verifyLedger = async (): Promise<void> => {
  const log = (line: string) => process.stderr.write(`${line}\n`)
  const runtime = await openRuntime(readConfig(), {
    holder: 'command',
    commandName: 'verify-ledger',
    log,
    statementTimeoutMs: 0,
  })
  try {
    const { checks, differences } = await verify(runtime.deps)
    for (const { check, where, detail } of differences)
      process.stdout.write(`${check}: ${where} (${detail})\n`)
    process.stdout.write(
      differences.length === 0
        ? `The ledger holds: ${String(checks)} checks, no difference.\n`
        : `The ledger does not hold: ${String(differences.length)} differences.\n`,
    )
    if (differences.length > 0) process.exitCode = 1
  } finally {
    await runtime.close()
  }
}

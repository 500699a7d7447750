import { verifyLedger as verify } from '../reciprocity/verify.ts'
import { runCommand } from './command.ts'

/** Recomputes every balance from the entries; exit code 1 on any difference. */
export const verifyLedger = async (): Promise<void> => {
  const found = await runCommand('verify-ledger', verify, { statementTimeoutMs: 0 })
  for (const line of ledgerReport(found)) process.stdout.write(`${line}\n`)
  if (found.differences.length > 0) process.exitCode = 1
}

/** What differs, then the verdict. */
export const ledgerReport = ({ checks, differences }: Awaited<ReturnType<typeof verify>>): string[] => [
  ...differences.map(({ check, where, detail }) => `${check}: ${where} (${detail})`),
  differences.length === 0
    ? `The ledger holds: ${String(checks)} checks, no difference.`
    : `The ledger does not hold: ${String(differences.length)} differences.`,
]

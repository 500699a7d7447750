/**
 * `npm run audit`: known weaknesses of the packages that Waggle runs with. Fails on one that is high or critical. Some
 * registries answer no audits; then nothing was looked at, and this says so instead of passing in silence.
 */
import { spawnSync } from 'node:child_process'

/** What `npm audit --json` found, in one sentence, and whether it must fail. */
export const verdictOn = (stdout) => {
  const counts = countsIn(stdout)
  if (!counts)
    return { fails: false, says: 'NOT AUDITED: the registry that npm uses here answers no audits.' }
  const { low = 0, moderate = 0, high = 0, critical = 0 } = counts
  const found = `${critical} critical, ${high} high, ${moderate} moderate, ${low} low`
  return { fails: high + critical > 0, says: `Audited, known weaknesses in what Waggle runs with: ${found}.` }
}

const countsIn = (stdout) => {
  try {
    return JSON.parse(stdout).metadata?.vulnerabilities
  } catch {
    return undefined
  }
}

if (import.meta.filename === process.argv[1]) {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    encoding: 'utf8',
    timeout: 60_000,
  })
  const { fails, says } = verdictOn(stdout ?? '')
  console.log(says)
  if (fails) console.log(stdout)
  process.exitCode = fails ? 1 : 0
}

import { findFlags, type Flag, type FlaggedSpace } from '../reciprocity/flags.ts'
import { runCommand } from './command.ts'

/** Tells the steward what may be worth a look; nobody is punished for a flag. */
export const flags = async ({ json }: { readonly json?: boolean }): Promise<void> => {
  const found = await runCommand('flags', findFlags, { statementTimeoutMs: 0 })
  const line = json ? JSON.stringify : sentenceOf
  for (const flag of found ?? []) process.stdout.write(`${line(flag)}\n`)
  if (!found?.length) process.stderr.write(`${whyNone(found)}\n`)
}

/** @param found null in a network that is too small for flags */
const whyNone = (found: readonly Flag[] | null): string =>
  found === null
    ? 'Flags begin at ten spaces in the network: among fewer everybody knows.'
    : 'Nothing is flagged.'

const sentenceOf = (flag: Flag): string => {
  if (flag.kind === 'ring') {
    return `Members join in a ring and no visit is recorded: ${flag.spaces.map(named).join(', ')}.`
  }
  const { space, peer, points, pointsOfAll } = flag
  const percent = Math.floor((100 * points) / pointsOfAll)
  return `${named(space)} has ${String(percent)} % of its ${credits(pointsOfAll)} credits of the last 365 days from ${named(peer)}.`
}

const named = ({ name, slug }: FlaggedSpace) => `${name} (${slug})`

const credits = (points: number) => String(points / 100)

/**
 * `npm run licenses`: name, version and licence of every package that Waggle runs with, from the installed tree. Fails on a
 * licence that is not on the list below, since Waggle is given away under Apache-2.0.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { readFileSync } from 'node:fs'

const allowed = new Set([
  '0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'CC-BY-3.0', 'CC-BY-4.0', 'ISC', 'LGPL-3.0-only',
  'MIT', 'MIT-0', 'OFL-1.1', 'PostgreSQL', 'Unlicense',
]) // prettier-ignore

/** Said in the package's LICENSE file alone. */
const saidElsewhere = { suncalc: 'BSD-2-Clause' }

/** Alternatives are one's choice; everything that is joined by AND must be allowed. */
export const isAllowed = (expression) =>
  expression
    .replaceAll(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((one) => allowed.has(one.trim())))

/** @returns {{ name: string, version: string, license: string }[]} sorted by name */
export const productionPackages = () => {
  const paths = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const packages = paths.trim().split('\n').slice(1).map(packageAt)
  return packages.sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0))
}

const packageAt = (folder) => {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const named = license ?? licenses?.map(({ type }) => type).join(' OR ') ?? saidElsewhere[name]
  return { name, version, license: typeof named === 'string' ? named : (named?.type ?? 'none stated') }
}

if (import.meta.filename === process.argv[1]) {
  const packages = productionPackages()
  for (const { name, version, license } of packages) console.log(`${name}\t${version}\t${license}`)
  const refused = packages.filter(({ license }) => !isAllowed(license))
  for (const { name, license } of refused)
    console.error(`${name}: ${license} is not on the list of allowed licences`)
  if (refused.length > 0) process.exitCode = 1
}

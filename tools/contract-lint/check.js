/**
 * The committed contract against the code (drift), and against the contract before it (breaking changes).
 * Base: the revision in CONTRACT_BASE; else HEAD when the file has uncommitted changes; else the last commit in which the
 * file was a different one.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { announcesBreak, breakingChanges, readJson } from './breaking.js'
import { install } from './tool.js'

const root = join(import.meta.dirname, '../..')
const name = 'openapi/openapi.json'
const committed = join(root, name)

const succeeds = (...args) => spawnSync('git', args, { cwd: root }).status === 0
const git = (...args) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })

function reportDrift() {
  const args = ['build/src/main.js', 'openapi', '--stdout']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) return [`node ${args.join(' ')} failed: ${stderr.trim()}`]
  const printed = stdout.trimEnd().split('\n')
  const kept = readFileSync(committed, 'utf8').trimEnd().split('\n')
  const line = Array.from({ length: Math.max(printed.length, kept.length) }).findIndex(
    (_, i) => printed[i] !== kept[i],
  )
  if (line === -1) return []
  return [
    `${name} is not what the code says; run npm run openapi. First difference in line ${line + 1}:`,
    `  file: ${kept[line]?.trim() ?? '(end)'}`,
    `  code: ${printed[line]?.trim() ?? '(end)'}`,
  ]
}

function baseRevision() {
  if (process.env.CONTRACT_BASE) return process.env.CONTRACT_BASE
  const [latest, previous] = git('log', '-2', '--format=%H', '--', name).split('\n').filter(Boolean)
  const uncommitted = latest && !succeeds('diff', '--quiet', latest, '--', name)
  return uncommitted ? latest : previous
}

function holdsContract(revision) {
  git('rev-parse', '--verify', `${revision}^{commit}`)
  return succeeds('cat-file', '-e', `${revision}:${name}`)
}

function reportBreaks(base) {
  const folder = mkdtempSync(join(tmpdir(), 'waggle-contract-'))
  try {
    const before = join(folder, 'base.json')
    writeFileSync(before, git('show', `${base}:${name}`))
    const breaks = breakingChanges(before, committed)
    const versions = [readJson(before).info.version, readJson(committed).info.version]
    return { breaks, versions, announced: announcesBreak(...versions) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function main() {
  const drift = reportDrift()
  drift.forEach((line) => console.error(line))
  const base = baseRevision()
  if (!base || !holdsContract(base)) {
    console.log(`No earlier ${name} to compare with.`)
    return drift.length === 0
  }
  const { breaks, versions, announced } = reportBreaks(base)
  breaks.forEach((line) => console.error(line))
  console.log(`${breaks.length} breaking changes since ${base} (version ${versions.join(' to ')}).`)
  if (breaks.length > 0)
    console.log(announced ? 'The version announces them.' : 'The version does not announce them.')
  return drift.length === 0 && (breaks.length === 0 || announced)
}

install()
process.exitCode = main() ? 0 : 1

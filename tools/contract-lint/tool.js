import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

const folder = import.meta.dirname
const openapi = join(folder, '../../openapi')
const environment = {
  ...process.env,
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_NOTIFICATIONS: 'true',
  DO_NOT_TRACK: '1',
}

/** True when the packages of this folder stand as its lockfile says. */
export function isInstalled() {
  const installed = join(folder, 'node_modules/.package-lock.json')
  return (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs
  )
}

/** Installs this folder's packages, without their install scripts, unless they are there. */
export function install() {
  if (isInstalled()) return
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' })
  if (status !== 0) throw new Error('npm ci failed in tools/contract-lint')
}

/**
 * Runs one of this folder's commands with the rules of openapi/.
 * @returns {{ status: number, stdout: string, stderr: string }}
 */
function run(script, args, stdio) {
  const path = join(folder, 'node_modules', script)
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [path, ...args], {
    stdio,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (error) throw error
  return { status: status ?? 1, stdout, stderr }
}

export const redocly = (args, stdio = 'pipe') =>
  run('@redocly/cli/bin/cli.js', [...args, '--config', join(openapi, 'redocly.yaml')], stdio)

export const spectral = (args, stdio = 'pipe') =>
  run('@stoplight/spectral-cli/dist/index.js', [...args, '--ruleset', join(openapi, '.spectral.yaml')], stdio)

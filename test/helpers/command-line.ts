import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { KeyFile } from '../../src/platform/keys.ts'
import type { TestApp } from './app.ts'

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url))

/** Runs the command line on the database of the test, with the keys that its app has. */
export const commandLine =
  ({ appUrl, ownerUrl }: TestApp, keys: KeyFile) =>
  async (...args: string[]) => {
    const env = {
      PATH: process.env['PATH'],
      DATABASE_URL: appUrl,
      DATABASE_OWNER_URL: ownerUrl,
      WAGGLE_KEYS: JSON.stringify(keys),
    }
    const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const texts = { out: '', err: '' }
    child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, ...texts }
  }

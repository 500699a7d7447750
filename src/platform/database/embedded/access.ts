import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { EmbeddedUnavailable, errorCode } from './errors.ts'

const access = z.object({
  ownerPassword: z.string(),
  appPassword: z.string(),
  /** Where the running server listens; it may lie outside the data folder when that path is too long. */
  socketFolder: z.string(),
})

/** How to reach the database of a data folder; kept in a file that only its owner reads. */
export type Access = z.infer<typeof access>

type DatabaseRole = 'waggle_owner' | 'waggle_app'

/** Reads the access file; undefined before the first start. */
export async function readAccess(file: string): Promise<Access | undefined> {
  try {
    return access.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw new EmbeddedUnavailable(
      `The file ${file}, which holds the passwords of the database, cannot be read (${errorCode(error) ?? 'not whole'}).`,
    )
  }
}

/** Writes the access file in one step: a reader sees the old one or the new one. */
export async function writeAccess(file: string, value: Access): Promise<void> {
  const draft = `${file}.draft`
  await writeFile(draft, JSON.stringify(value), { mode: 0o600 })
  await rename(draft, file)
}

/** A new password, free of characters that a URL or SQL would need escaped. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url')
}

/**
 * The connection string for `pg`. Port and TLS are spelled out, lest PGPORT or PGSSLMODE of the caller's environment
 * change them. `session` becomes the application_name, by which a starter tells its own sessions from those of others.
 */
export function connectionUrl(
  from: Access,
  role: DatabaseRole,
  database: 'waggle' | 'postgres',
  session: string,
): string {
  const password = role === 'waggle_owner' ? from.ownerPassword : from.appPassword
  const folder = encodeURIComponent(from.socketFolder)
  return `postgresql://${role}:${password}@/${database}?host=${folder}&port=5432&sslmode=disable&application_name=${session}`
}

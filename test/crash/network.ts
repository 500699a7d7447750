import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '../../src/access/create-client.ts'
import { parseKeys } from '../../src/config.ts'
import { systemClock } from '../../src/platform/clock.ts'
import type { Deps } from '../../src/platform/context.ts'
import { connectionUrl, readAccess } from '../../src/platform/database/embedded/access.ts'
import { openDatabase } from '../../src/platform/database/pool.ts'
import type { Id } from '../../src/platform/ids.ts'
import { standardInstallation } from '../../src/platform/installation.ts'
import { standardPolicy } from '../../src/platform/policy.ts'
import { loadKeys } from '../../src/platform/keys.ts'
import { putSpace } from '../helpers/spaces.ts'
import { renew, type Caller } from './asking.ts'

/** Lends the database of a server, as the role of the app. Closed after use, as a server waits for others at its end. */
export const withDeps = async <T>(
  dataDir: string,
  baseUrl: string,
  use: (deps: Deps) => Promise<T>,
): Promise<T> => {
  const access = await readAccess(join(dataDir, 'database-access.json'))
  if (!access) throw new Error('The server has made no database')
  const url = connectionUrl(access, 'waggle_app', 'waggle', 'crash')
  const keys = loadKeys(parseKeys(await readFile(join(dataDir, 'keys.json'), 'utf8')))
  const db = openDatabase({ url, size: 1, statementTimeoutMs: 0, onError: () => undefined })
  try {
    return await use({
      db,
      clock: systemClock,
      keys,
      policy: standardPolicy,
      installation: standardInstallation,
      baseUrl,
    })
  } finally {
    await db.close()
  }
}

/** Admits `spaces` spaces and makes `clients` API clients, each space in turn having one more, all with a token. */
export const makeCallers = (
  dataDir: string,
  url: string,
  size: { spaces: number; clients: number },
): Promise<Caller[]> =>
  withDeps(dataDir, url, async (deps) => {
    const steward = { ...deps, actor: { kind: 'steward', id: 'crash' }, requestId: 'crash' } as const
    const spaceIds: Id<'space'>[] = []
    for (let index = 0; index < size.spaces; index += 1) spaceIds.push(await putSpace(deps))
    const callers: Caller[] = []
    for (let index = 0; index < size.clients; index += 1) {
      const spaceId = spaceIds[index % size.spaces]!
      const { clientId, clientSecret } = await createClient(steward, {
        name: `crash ${String(index)}`,
        owner: { spaceId },
        scopes: ['spaces:read', 'referrals:read', 'referrals:write', 'members:read', 'reciprocity:read'],
      })
      const caller = { spaceId, clientId, clientSecret, token: '' }
      await renew(url, caller)
      callers.push(caller)
    }
    return callers
  })

/** The addresses that the server has, as its contract writes them. */
export const readServed = async (url: string): Promise<Set<string>> => {
  const response = await fetch(`${url}/openapi.json`)
  const { paths } = (await response.json()) as { paths: Record<string, unknown> }
  return new Set(Object.keys(paths))
}

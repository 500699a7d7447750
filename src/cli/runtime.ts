import { ConfigFault, type Config } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { startEmbedded, type Holder } from '../platform/database/embedded/start.ts'
import { migrate } from '../platform/database/migrate.ts'
import { openDatabase } from '../platform/database/pool.ts'
import { findKeys } from './keys.ts'

/** A Waggle that is ready to work, and how to end it. */
export interface Runtime {
  readonly deps: Deps
  readonly ownerUrl: string
  readonly isEmbedded: boolean
  /** Resolves with a sentence when the embedded database ends by itself. */
  readonly lost: Promise<string>
  close(): Promise<void>
}

interface Start {
  readonly holder: Holder
  readonly commandName: string
  readonly log: (line: string) => void
  readonly onDatabaseError?: (error: Error) => void
  /** 0 for commands that read the whole ledger. */
  readonly statementTimeoutMs?: number
}

/** Finds or starts the database, brings it up to date and reads the keys. */
export const openRuntime = async (config: Config, start: Start): Promise<Runtime> => {
  const found = await findDatabase(config, start)
  try {
    const keys = await findKeys(config)
    await migrate(found.ownerUrl, systemClock.now())
    const { statementTimeoutMs } = start
    const db = openDatabase({
      url: found.appUrl,
      onError: start.onDatabaseError ?? (() => undefined),
      ...(statementTimeoutMs !== undefined && { statementTimeoutMs }),
    })
    const baseUrl = config.baseUrl ?? `http://${config.host}:${String(config.port)}`
    const close = async () => {
      await db.close()
      await found.stop()
    }
    return { deps: { db, clock: systemClock, keys, baseUrl }, ...found, close }
  } catch (error) {
    await found.stop()
    throw error
  }
}

const findDatabase = async (config: Config, { holder, commandName, log }: Start) => {
  const { databaseUrl, databaseOwnerUrl, dataDir } = config
  if (databaseUrl === null) {
    return { ...(await startEmbedded({ dataDir, holder, commandName, log })), isEmbedded: true }
  }
  if (config.baseUrl === null && holder === 'serve') {
    throw new ConfigFault(
      'WAGGLE_BASE_URL is not set: with DATABASE_URL, say where Waggle is reached (https://…)',
    )
  }
  const never = new Promise<string>(() => undefined)
  const stop = () => Promise.resolve()
  return {
    ownerUrl: databaseOwnerUrl ?? databaseUrl,
    appUrl: databaseUrl,
    lost: never,
    isEmbedded: false,
    stop,
  }
}

import { isIPv6 } from 'node:net'
import { ConfigFault, type Config } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { startEmbedded, type Holder } from '../platform/database/embedded/start.ts'
import { migrate } from '../platform/database/migrate.ts'
import { openDatabase } from '../platform/database/pool.ts'
import { findKeys, howToMakeKeys } from './keys.ts'

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

/**
 * Finds or starts the database, brings it up to date and reads the keys.
 * @throws ConfigFault, EmbeddedUnavailable, DataFolderHeld, or Problem `unavailable` when the database cannot be reached
 */
export const openRuntime = async (config: Config, start: Start): Promise<Runtime> => {
  if (config.databaseUrl !== null) requireSettings(config, start.holder)
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
    const baseUrl = config.baseUrl ?? urlOf(config)
    const close = async () => {
      await db.close()
      await found.stop()
    }
    const installation = {
      vouchesToAdmit: config.vouchesToAdmit,
      signInProvider: config.signInProvider,
      isLocal: found.isEmbedded,
    }
    const deps = { db, clock: systemClock, keys, policy: config.policy, installation, baseUrl }
    return { deps, ...found, close }
  } catch (error) {
    await found.stop()
    throw error
  }
}

/** What only the embedded database does without; all that is missing is named at once. */
const requireSettings = ({ baseUrl, keys }: Config, holder: Holder) => {
  const missing = [
    ...(baseUrl === null && holder === 'serve'
      ? ['WAGGLE_BASE_URL: where Waggle is reached (https://…)']
      : []),
    ...(keys === null ? [`WAGGLE_KEYS: ${howToMakeKeys}`] : []),
  ]
  if (missing.length > 0)
    throw new ConfigFault(`With DATABASE_URL these must be set too:\n  ${missing.join('\n  ')}`)
}

/** Who listens on every address of this machine is reached by its name. */
const urlOf = ({ host, port }: Config): string => {
  const isAny = host === '0.0.0.0' || host === '::'
  const name = isAny ? 'localhost' : isIPv6(host) ? `[${host}]` : host
  return `http://${name}:${String(port)}`
}

const findDatabase = async (config: Config, { holder, commandName, log }: Start) => {
  const { databaseUrl, databaseOwnerUrl, dataDir } = config
  if (databaseUrl === null) {
    return { ...(await startEmbedded({ dataDir, holder, commandName, log })), isEmbedded: true }
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

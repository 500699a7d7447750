import { Writable } from 'node:stream'
import type { Test } from 'tap'
import { buildApp } from '../../src/app.ts'
import { settableClock, type SettableClock } from '../../src/platform/clock.ts'
import type { Deps } from '../../src/platform/context.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { logSerializers } from '../../src/platform/http/log.ts'
import { loadKeys, makeKeys, type KeyFile } from '../../src/platform/keys.ts'
import { standardInstallation, type Installation } from '../../src/platform/installation.ts'
import { standardPolicy, type Policy } from '../../src/platform/policy.ts'
import { createTestDatabase } from './database.ts'
import { openPatiently } from './pool.ts'

export const testStart = Date.parse('2026-11-20T09:30:00.000Z')
export const baseUrl = 'https://waggle.test'

export interface TestApp {
  readonly app: Awaited<ReturnType<typeof buildApp>>
  readonly deps: Deps & { clock: SettableClock }
  readonly ownerUrl: string
  readonly appUrl: string
  /** Every log line so far. */
  readonly logs: string[]
}

interface TestAppOptions {
  readonly keys?: KeyFile
  readonly baseUrl?: string
  readonly policy?: Policy
  readonly installation?: Partial<Installation>
  /** Limits that a test of limits wants; others are not to be held up by them. */
  readonly limits?: NonNullable<Parameters<typeof buildApp>[1]>['limits']
  readonly trustedProxies?: readonly string[]
  /** A database made for another app of this test: a second node. */
  readonly database?: { ownerUrl: string; appUrl: string }
}

const unlimited = { burst: 1_000_000, perSecond: 1_000_000 }

/** A whole Waggle on a database of its own, with a clock that stands still. */
export const testApp = async (t: Test, options: TestAppOptions = {}): Promise<TestApp> => {
  const database =
    options.database ?? (await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) }))
  const logs: string[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logs.push(chunk.toString())
      done()
    },
  })
  const deps = {
    db: openPatiently({ url: database.appUrl }),
    clock: settableClock(testStart),
    keys: loadKeys(options.keys ?? makeKeys()),
    policy: options.policy ?? standardPolicy,
    installation: { ...standardInstallation, ...options.installation },
    baseUrl: options.baseUrl ?? baseUrl,
  }
  const app = await buildApp(deps, {
    logger: { level: 'info', stream, serializers: logSerializers },
    limits: options.limits ?? { client: unlimited, address: unlimited },
    ...(options.trustedProxies && { trustedProxies: options.trustedProxies }),
  })
  await app.ready()
  t.teardown(async () => {
    await app.close()
    await deps.db.close()
  })
  return { app, deps, ownerUrl: database.ownerUrl, appUrl: database.appUrl, logs }
}

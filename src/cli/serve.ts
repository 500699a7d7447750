import { setTimeout as delay } from 'node:timers/promises'
import closeWithGrace from 'close-with-grace'
import { forgetAssertions } from '../access/forget-assertions.ts'
import { forgetInvitations } from '../access/forget-invitations.ts'
import { forgetSessions } from '../access/forget-sessions.ts'
import { buildApp } from '../app.ts'
import { readConfig, type Config } from '../config.ts'
import { day, hour, minute, second } from '../platform/clock.ts'
import { refreshPartitions } from '../platform/database/migrate.ts'
import { withConnection } from '../platform/database/pool.ts'
import { appendOnly } from '../platform/http/health.ts'
import { exchangeEvery, purgeSharedLimits } from '../platform/http/shared-limits.ts'
import { logSerializers } from '../platform/http/log.ts'
import { mailTransport, type FiledMail } from '../events/mail-transport.ts'
import { startMail } from '../events/mail.ts'
import { startForgetting } from '../events/forgetting.ts'
import { startRetention } from '../referrals/retention.ts'
import { startSweeps } from '../referrals/sweep.ts'
import { every, faultCode, type Recurring } from '../platform/jobs/every.ts'
import type { Pump } from '../platform/jobs/outbox-pump.ts'
import { purgeLimits } from '../platform/jobs/purge-limits.ts'
import { forgetApplications } from '../network/forget-applications.ts'
import { purgeIdempotencyKeys } from '../platform/jobs/purge-idempotency-keys.ts'
import { forgetPeople } from '../reciprocity/forget-people.ts'
import { refuseDemoFolder } from './demo-folder.ts'
import { freePort } from './free-port.ts'
import { openRuntime, type Runtime } from './runtime.ts'

type App = Awaited<ReturnType<typeof buildApp>>

/** A Waggle that listens, and how to end it. */
export interface Listening {
  readonly app: App
  readonly mail: Pump
  /** Stops in order: readiness off, requests finished, mails, database. */
  close(): Promise<void>
}

interface ListenOptions {
  readonly logLevel?: 'info' | 'warn'
  /** Told of each mail that went to a folder; the log, when absent. */
  readonly onMail?: (filed: FiledMail) => void
}

/** How long requests are still taken after SIGTERM: those who ask `/readyz` send none once they know. */
const farewell = 2 * second

/** Serves until it is told to stop. */
export const serve = async (): Promise<void> => {
  const asked = readConfig()
  const config = { ...asked, port: await freePort(asked.host, asked.port) }
  const say = (line: string) => process.stderr.write(`${line}\n`)
  if (config.databaseUrl === null) await refuseDemoFolder(config.dataDir)
  const runtime = await openRuntime(config, { holder: 'serve', commandName: 'serve', log: say })
  await listen(config, runtime)
  say(`Waggle is at ${runtime.deps.baseUrl}, its API at ${runtime.deps.baseUrl}/docs`)
}

/** Builds the app, listens and carries mails, until a signal comes or it is closed. Ends the runtime when it fails. */
export const listen = async (
  config: Config,
  runtime: Runtime,
  options: ListenOptions = {},
): Promise<Listening> => {
  try {
    return await open(config, runtime, options)
  } catch (error) {
    await runtime.close()
    throw error
  }
}

const open = async (
  config: Config,
  runtime: Runtime,
  { logLevel = 'info', onMail }: ListenOptions,
): Promise<Listening> => {
  const app = await buildApp(runtime.deps, {
    logger: { level: logLevel, serializers: logSerializers },
    trustedProxies: config.trustedProxies,
  })
  runtime.deps.db.pool.on('error', (error) => {
    app.log.warn({ code: faultCode(error) }, 'a connection to the database was lost')
  })
  const transport = mailTransport(config, onMail ?? (({ line }) => app.log.info(line)))
  const mail = startMail(runtime.deps, transport, app.log)
  const forgetting = startForgetting(runtime.deps, transport, app.log)
  let housekeeping: Recurring[] = []
  const stopServing = async () => {
    app.draining = true
    await app.close()
    await Promise.all([mail.stop(), forgetting.stop(), ...housekeeping.map((job) => job.stop())])
  }
  try {
    await warnOfWeakRole(app, runtime)
    await app.listen({ host: config.host, port: config.port })
    // Only now: what came due while nobody served is to hold up no start.
    housekeeping = keepHouse(app, runtime)
  } catch (error) {
    await stopServing()
    throw error
  }
  const stop = async () => {
    await stopServing()
    await runtime.close()
  }
  const grace = closeWithGrace({ delay: 10 * second, logger: app.log }, async ({ err, signal }) => {
    if (err) app.log.error({ err }, 'stopping')
    app.draining = true
    // Ctrl-C is a person's, who waits; SIGTERM comes from a supervisor, beside which others look at `/readyz`.
    if (signal === 'SIGTERM') await delay(farewell)
    await stop()
  })
  const close = () => {
    grace.uninstall()
    return stop()
  }
  void runtime.lost.then((sentence) => {
    app.log.fatal(sentence)
    process.exit(1)
  })
  return { app, mail, close }
}

/** The clocks of the referrals; and a server that runs for months needs later partitions, and forgets what is over. */
const keepHouse = (app: App, { ownerUrl, deps }: Runtime) => [
  startSweeps(deps, app.log),
  startRetention(deps, app.log),
  every(day, app.log, 'partitions', () => refreshPartitions(ownerUrl, deps.clock.now())),
  every(hour, app.log, 'purge', () => purgeIdempotencyKeys(deps)),
  every(hour, app.log, 'people', () => forgetPeople(deps)),
  every(exchangeEvery, app.log, 'limits', () => app.shareLimits()),
  every(minute, app.log, 'shared limits', () => purgeSharedLimits(deps)),
  every(hour, app.log, 'strict limits', () => purgeLimits(deps)),
  every(hour, app.log, 'sessions', () => forgetSessions(deps)),
  every(hour, app.log, 'invitations', () => forgetInvitations(deps)),
  every(hour, app.log, 'applications', () => forgetApplications(deps)),
  every(hour, app.log, 'assertions', () => forgetAssertions(deps)),
]

const warnOfWeakRole = (app: App, { deps }: Runtime) =>
  withConnection(deps.db, async (client) => {
    const { rows } = await client.query<{ enforced: boolean }>(appendOnly)
    if (!rows[0]?.enforced)
      app.log.warn({ code: 'append_only_not_enforced' }, 'The database role can rewrite history')
  })

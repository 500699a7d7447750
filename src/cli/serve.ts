import closeWithGrace from 'close-with-grace'
import { buildApp } from '../app.ts'
import { readConfig, type Config } from '../config.ts'
import { day } from '../platform/clock.ts'
import { refreshPartitions } from '../platform/database/migrate.ts'
import { withConnection } from '../platform/database/pool.ts'
import { appendOnly } from '../platform/http/health.ts'
import { mailTransport } from '../events/mail-transport.ts'
import { startMail } from '../events/mail.ts'
import { openRuntime, type Runtime } from './runtime.ts'

type App = Awaited<ReturnType<typeof buildApp>>

/** Serves until it is told to stop. */
export const serve = async (): Promise<void> => {
  const config = readConfig()
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const runtime = await openRuntime(config, { holder: 'serve', commandName: 'serve', log: say })
  const app = await listen(config, runtime)
  await warnOfWeakRole(app, runtime)
  say(`Waggle is at ${runtime.deps.baseUrl}, its API at ${runtime.deps.baseUrl}/docs`)
}

/** Builds the app, listens, carries mails, and stops in order: readiness off, requests finished, mails, database. */
export const listen = async (
  config: Config,
  runtime: Runtime,
  onClosed?: () => Promise<void>,
): Promise<App> => {
  const app = await buildApp(runtime.deps, {
    logger: { level: 'info', redact: ['req.headers.authorization'] },
  })
  const mail = startMail(
    runtime.deps,
    mailTransport(config, (line) => {
      app.log.info(line)
    }),
    app.log,
  )
  const partitions = setInterval(() => {
    refreshPartitions(runtime.ownerUrl, runtime.deps.clock.now()).catch((error: unknown) => {
      app.log.error({ err: error }, 'partitions')
    })
  }, day)
  partitions.unref()
  closeWithGrace({ delay: 10_000, logger: app.log as never }, async ({ err }) => {
    if (err) app.log.error({ err }, 'stopping')
    app.draining = true
    clearInterval(partitions)
    await app.close()
    await mail.stop()
    await runtime.close()
    await onClosed?.()
  })
  void runtime.lost.then((sentence) => {
    app.log.fatal(sentence)
    process.exit(1)
  })
  await app.listen({ host: config.host, port: config.port })
  return app
}

const warnOfWeakRole = (app: App, { deps }: Runtime) =>
  withConnection(deps.db, async (client) => {
    const { rows } = await client.query<{ enforced: boolean }>(appendOnly)
    if (!rows[0]?.enforced)
      app.log.warn({ code: 'append_only_not_enforced' }, 'The database role can rewrite history')
  })

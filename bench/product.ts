import { buildApp } from '../src/app.ts'
import { systemClock } from '../src/platform/clock.ts'
import { openDatabase } from '../src/platform/database/pool.ts'
import { loadKeys, type KeyFile } from '../src/platform/keys.ts'
import { standardInstallation } from '../src/platform/installation.ts'
import { standardPolicy } from '../src/platform/policy.ts'
import { answerParent } from './child.ts'
import { unlimited } from './network.ts'

/** Waggle as it is served, with its log; only the limits of requests are lifted. Mails are not carried. */
const start = async (o: { appUrl: string; keys: KeyFile; baseUrl: string }): Promise<string> => {
  const db = openDatabase({ url: o.appUrl, onError: () => undefined })
  const deps = {
    db,
    clock: systemClock,
    keys: loadKeys(o.keys),
    policy: standardPolicy,
    installation: standardInstallation,
    baseUrl: o.baseUrl,
  }
  const app = await buildApp(deps, {
    logger: { level: 'info', redact: ['req.headers.authorization'] },
    limits: unlimited,
  })
  return app.listen({ host: '127.0.0.1', port: 0 })
}

answerParent({ start, cpu: () => process.cpuUsage() })

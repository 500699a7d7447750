import t from 'tap'
import { migrate } from '../../src/platform/database/migrate.ts'
import { toUuid } from '../../src/platform/ids.ts'
import { makeKeys } from '../../src/platform/keys.ts'
import { query } from '../db/query.ts'
import { baseUrl, testStart } from '../helpers/app.ts'
import { createTestDatabase } from '../helpers/database.ts'
import { makeTempFolder } from '../helpers/temp-folder.ts'
import { until } from '../helpers/until.ts'
import { addNetwork, send, tokenOf } from './network.ts'
import { startServer, type Server } from './server.ts'

const { ownerUrl, appUrl } = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })
const env = {
  DATABASE_URL: appUrl,
  DATABASE_OWNER_URL: ownerUrl,
  WAGGLE_BASE_URL: baseUrl,
  WAGGLE_KEYS: JSON.stringify(makeKeys()),
  WAGGLE_DATA_DIR: await makeTempFolder(t),
}
const start = () => startServer(t, env)
const network = await addNetwork(appUrl)

const end = async (server: Server) => {
  server.child.kill('SIGINT')
  return (await server.ended).code
}

/** The week is over for both cards, as far as they know. */
const letItBeDue = (id: string) =>
  query(
    ownerUrl,
    `update referrals set answer_by = now() - interval '1 hour', next_due = 'expire', next_due_at = now() - interval '1 hour'
      where id = $1`,
    [toUuid(id)],
  )

const eventsOf = async (id: string) => {
  const rows = await query<{ event: string }>(
    ownerUrl,
    'select event from referral_events where referral_id = $1 order by seq, space_id',
    [toUuid(id)],
  )
  return rows.map(({ event }) => event)
}

t.test('a server does at its start what fell due while it was away, and nothing else', async (t) => {
  const first = await start()
  const token = await tokenOf(first, network)
  const [away, waiting] = [
    (await send(first, network, token)).body.id,
    (await send(first, network, token)).body.id,
  ]
  t.equal(await end(first), 0)
  await letItBeDue(away)

  const second = await start()
  // The first look is at once; one that fails for want of a connection is made up for by the next.
  await until(() => second.logs().some(({ job, done }) => job === 'sweep' && done === 1), 45_000)
  t.strictSame(await eventsOf(away), ['submit', 'submit', 'expire', 'expire'])
  t.strictSame(await eventsOf(waiting), ['submit', 'submit'], 'only what is due')
  t.equal(await end(second), 0)
})

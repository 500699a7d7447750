import t from 'tap'
import { migrate } from '../../src/platform/database/migrate.ts'
import { makeKeys } from '../../src/platform/keys.ts'
import { baseUrl, testApp, testStart } from '../helpers/app.ts'
import { createTestDatabase } from '../helpers/database.ts'
import { makeTempFolder } from '../helpers/temp-folder.ts'
import { until } from '../helpers/until.ts'
import { addNetwork, newReferral, send, tokenOf, writeHeaders } from './network.ts'
import { startServer } from './server.ts'

const { ownerUrl, appUrl } = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })
const network = await addNetwork(appUrl)
const common = {
  DATABASE_OWNER_URL: ownerUrl,
  WAGGLE_BASE_URL: baseUrl,
  WAGGLE_KEYS: JSON.stringify(makeKeys()),
  WAGGLE_DATA_DIR: await makeTempFolder(t),
}

/** Words that stand for people and secrets: they may stand in no log. */
const name = 'Zuleika Quist'
const secret = 'Xylophone'

t.test(
  'the log has one line of JSON a request, with its id, and nothing about people, secrets or queries',
  async (t) => {
    const server = await startServer(t, { DATABASE_URL: appUrl, ...common })
    const token = await tokenOf(server, network)
    const post = (body: string, headers = {}) =>
      server.ask('/v1/referrals', { method: 'POST', headers: { ...writeHeaders(token), ...headers }, body })
    const good = newReferral(network, name)
    const answers = await Promise.all([
      post(good),
      post(good.replace('quiet', `quiet for ${name}`)),
      post(good.replace('"how":"in_person"', `"how":"${secret}"`)),
      post(`{"member": ${secret}`),
      post(good, { authorization: `Bearer ${secret}` }),
      server.ask(`/v1/spaces?q=${secret}&city=${encodeURIComponent(name)}`, {
        headers: { authorization: `Bearer ${token}` },
      }),
      server.ask(`/nowhere?email=${secret}`),
      server.ask('/readyz'),
    ])
    t.strictSame(
      answers.map(({ status }) => status),
      [201, 422, 422, 400, 401, 200, 404, 200],
    )
    const asked = answers.length + 1
    const lines = () => server.logs().filter(({ msg }) => msg === 'request')
    // The mail to the member is part of it.
    await until(() => lines().length >= asked && server.logs().some(({ msg }) => msg.startsWith('Mail: ')))
    t.equal(lines().length, asked)
    t.equal(new Set(lines().map(({ reqId }) => reqId)).size, asked)
    t.ok(lines().every(({ reqId }) => reqId?.startsWith('req-')))
    t.match(
      lines().find(({ status }) => status === 201),
      {
        operation: 'sendReferral',
        method: 'POST',
        path: '/v1/referrals',
        caller: network.clientId,
        ms: Number,
      },
    )
    const all = [...server.stdout, ...server.stderr].join('\n')
    for (const word of [
      'Zuleika',
      'Quist',
      secret,
      'ada@example',
      token,
      network.clientSecret,
      'daylight',
      '?',
    ]) {
      t.notOk(all.includes(word), word)
    }

    const metrics = await server.ask('/metrics')
    t.match(
      metrics.text,
      /^waggle_http_request_duration_seconds_count\{operation="sendReferral",status="2xx"\} 1$/m,
    )
    t.match(
      metrics.text,
      /^waggle_http_request_duration_seconds_bucket\{le="0.25",operation="other",status="4xx"\} /m,
    )
    t.notMatch(metrics.text, /(spc|ref|cli|opr|evt)_[0-9a-z]{26}|[0-9a-f]{8}-[0-9a-f]{4}-/)
  },
)

t.test('a server that could rewrite history says so, at its start and at /readyz', async (t) => {
  const server = await startServer(t, { DATABASE_URL: ownerUrl, ...common })
  t.strictSame((await server.ask('/readyz')).body, {
    status: 'ready',
    warnings: ['append_only_not_enforced'],
  })
  t.match(
    server.logs().find(({ code }) => code === 'append_only_not_enforced'),
    { level: 40 },
  )
  t.equal(
    (await send(server, network, await tokenOf(server, network))).status,
    201,
    'and serves all the same',
  )
})

t.test('slow senders are not waited for: 15 s for headers, 30 s for a request', async (t) => {
  const { app } = await testApp(t)
  t.match(app.server, { headersTimeout: 13_000, requestTimeout: 30_000 })
})

import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { connectionUrl, readAccess } from '../../src/platform/database/embedded/access.ts'
import { makeTempFolder } from '../helpers/temp-folder.ts'
import { until } from '../helpers/until.ts'
import { addNetwork, newReferral, send, tokenOf, writeHeaders, type Network } from './network.ts'
import { isGone, postmasterFile, run, startServer, type Server } from './server.ts'

const dataDir = join(await makeTempFolder(t), 'data')
const start = () => startServer(t, { WAGGLE_DATA_DIR: dataDir })

const networkIn = async (): Promise<Network> => {
  const access = await readAccess(join(dataDir, 'database-access.json'))
  if (!access) throw new Error('The server has made no database')
  return addNetwork(connectionUrl(access, 'waggle_app', 'waggle', 'test'))
}

interface Underway {
  finish(): Promise<number>
}

/** A POST whose headers the server has taken and whose body it still waits for, on a connection to be kept alive. */
const begin = async (server: Server, network: Network, token: string, agent: Agent): Promise<Underway> => {
  const body = newReferral(network)
  const ongoing: ClientRequest = request(`${server.url}/v1/referrals`, {
    method: 'POST',
    agent,
    headers: {
      ...writeHeaders(token),
      'content-length': String(Buffer.byteLength(body)),
      expect: '100-continue',
    },
  })
  ongoing.flushHeaders()
  await once(ongoing, 'continue')
  ongoing.write(body.slice(0, 10))
  const finish = async () => {
    ongoing.end(body.slice(10))
    const [answer] = (await once(ongoing, 'response')) as [IncomingMessage]
    answer.resume()
    await once(answer, 'end')
    return answer.statusCode ?? 0
  }
  return { finish }
}

const beginMany = async (t: Test, server: Server, count: number): Promise<Underway[]> => {
  const network = await networkIn()
  const token = await tokenOf(server, network)
  const agent = new Agent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  return Promise.all(Array.from({ length: count }, () => begin(server, network, token, agent)))
}

const statuses = (count: number, status: number) => Array.from({ length: count }, () => status)

t.test('a server from its first start to Ctrl-C', async (t) => {
  const server = await start()

  t.test('a first start on an empty folder serves, and keeps its keys to itself', async (t) => {
    t.match(server.stderr.join('\n'), `Waggle is at ${server.url}, its API at ${server.url}/docs`)
    t.equal((await server.ask('/livez')).status, 200)
    const ready = await server.ask('/readyz')
    t.strictSame([ready.status, ready.body], [200, { status: 'ready', warnings: [] }])
    t.equal((await stat(join(dataDir, 'keys.json'))).mode & 0o777, 0o600)
  })

  t.test(
    'a second start on the same folder ends within 5 s and names the folder and the process',
    async (t) => {
      const deadline = AbortSignal.timeout(5_000)
      const second = run(t, 'serve', { PORT: '0', WAGGLE_DATA_DIR: dataDir })
      const { code, stderr } = await second.ended
      t.equal(code, 1)
      t.equal(stderr, `The data folder ${dataDir} is held by process ${String(server.child.pid)} (serve).`)
      t.notOk(deadline.aborted)
      t.equal((await server.ask('/readyz')).status, 200, 'the first one is not disturbed')
    },
  )

  t.test('Ctrl-C: requests under way are all answered, PostgreSQL leaves, exit 0', async (t) => {
    const underway = await beginMany(t, server, 20)
    // To the whole process group, as a terminal does.
    process.kill(-Number(server.child.pid), 'SIGINT')
    t.strictSame(await Promise.all(underway.map((one) => one.finish())), statuses(20, 201))
    t.match(await server.ended, { code: 0 })
    t.ok(await isGone(postmasterFile(dataDir)))
  })
})

t.test(
  'SIGTERM: readiness goes first, requests under way are all answered, PostgreSQL leaves, exit 0 in 10 s',
  async (t) => {
    const server = await start()
    const underway = await beginMany(t, server, 50)
    const deadline = AbortSignal.timeout(10_000)
    server.child.kill('SIGTERM')
    await until(async () => (await server.ask('/readyz')).status === 503)
    const late = await server.ask('/livez')
    t.equal(late.status, 200, 'whoever has not heard yet is served')
    t.equal(late.headers.get('connection'), 'close', 'and comes again elsewhere')
    t.strictSame(await Promise.all(underway.map((one) => one.finish())), statuses(50, 201))
    t.match(await server.ended, { code: 0 })
    t.notOk(deadline.aborted)
    t.ok(await isGone(postmasterFile(dataDir)))
  },
)

t.test(
  'after kill -9 PostgreSQL leaves within 5 s, and the next start finds every acknowledged write',
  async (t) => {
    const server = await start()
    const network = await networkIn()
    const token = await tokenOf(server, network)
    const acknowledged: string[] = []
    const unanswered: string[] = []
    const sendUntilDeath = async () => {
      for (;;) {
        const key = randomUUID()
        const answer = await send(server, network, token, key).catch(() => undefined)
        if (answer?.status === 201) acknowledged.push(answer.body.id)
        else return unanswered.push(key)
      }
    }
    const senders = [1, 2, 3, 4].map(sendUntilDeath)
    await until(() => acknowledged.length >= 24)
    server.child.kill('SIGKILL')
    await Promise.all(senders)
    await until(() => isGone(postmasterFile(dataDir)), 5_000)

    const next = await start()
    const fresh = await tokenOf(next, network)
    const again = await Promise.all(unanswered.map((key) => send(next, network, fresh, key)))
    t.strictSame(
      again.map(({ status }) => status),
      statuses(unanswered.length, 201),
      'asked again, each is done',
    )
    const list = await next.ask('/v1/referrals?box=sent&limit=100', {
      headers: { authorization: `Bearer ${fresh}` },
    })
    const found = (list.body.data as { id: string }[]).map(({ id }) => id)
    const expected = [...acknowledged, ...again.map(({ body }) => String(body.id))]
    t.strictSame(found.sort(), expected.sort(), 'all that was acknowledged, and each of the others once')
  },
)

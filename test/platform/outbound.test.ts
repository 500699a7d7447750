import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createServer, type RequestListener } from 'node:http'
import { isIP, type AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { fetchFromOutside, type Resolve } from '../../src/platform/outbound.ts'

const here = '127.0.0.1'

const openSite = async (t: Test, listener: RequestListener) => {
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.headers.host)
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, here, resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: String((server.address() as AddressInfo).port), asked }
}

const hello: RequestListener = (_request, response) => response.end('hello')

/** A resolver that knows these addresses, and how often it was asked. */
const resolverOf = (...addresses: string[]) => {
  const asked: string[] = []
  const resolve: Resolve = (host) => {
    asked.push(host)
    return Promise.resolve(addresses.map((address) => ({ address, family: isIP(address) || 4 })))
  }
  return { asked, resolve }
}

/** How many connections are begun meanwhile, to wherever. */
const connectionsOf = async (fn: () => Promise<unknown>): Promise<number> => {
  let count = 0
  const note = () => (count += 1)
  subscribe('net.client.socket', note)
  try {
    await fn()
  } finally {
    unsubscribe('net.client.socket', note)
  }
  return count
}

// Begun first and awaited last: it takes the 5 s that are given to others, too.
const slow = (async () => {
  let hungUp: (() => void) | undefined
  const isOver = new Promise<void>((resolve) => (hungUp = resolve))
  const server = createServer((_request, response) => {
    response.write('a')
    const drip = setInterval(() => response.write('a'), 100)
    response.on('close', () => {
      clearInterval(drip)
      hungUp?.()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, here, resolve))
  const url = `http://${here}:${String((server.address() as AddressInfo).port)}/`
  const found = await fetchFromOutside(url, { isLocal: true })
  // Never, were the connection left open.
  await isOver
  server.close()
  return found
})()

t.test('a name is asked for once, and the connection goes to the address that was checked', async (t) => {
  const { port, asked } = await openSite(t, hello)
  const names = resolverOf(here, '8.8.8.8')
  const way = { isLocal: true, resolve: names.resolve }
  t.equal(await fetchFromOutside(`http://nave.example:${port}/`, way), 'hello')
  t.strictSame(names.asked, ['nave.example'])
  t.strictSame(asked, [`nave.example:${port}`])
})

t.test('a name with one address that is not public is not asked at all', async (t) => {
  const { port, asked } = await openSite(t, hello)
  const refused = [
    '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255',
    '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '192.0.0.1', '240.0.0.1', '::', 'fe80::1', 'fc00::1',
    'fd12:3456::1', 'fec0::1', 'ff02::1', '100::1', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '::ffff:a01:203',
    '::10.0.0.1', '64:ff9b::a00:1', '64:ff9b:1::1', '2002:a00:1::', '2001::1', '2001:db8::1', 'fe80::1%eth0', 'nonsense', '',
  ] // prettier-ignore
  for (const address of refused) {
    for (const addresses of [
      [here, address],
      [address, here],
    ]) {
      const way = { isLocal: true, resolve: resolverOf(...addresses).resolve }
      t.equal(await fetchFromOutside(`http://nave.example:${port}/`, way), null, addresses.join())
    }
  }
  t.strictSame(asked, [])
})

t.test('away from one’s own machine loopback is not reached, under whatever name', async (t) => {
  const urls = [
    'https://127.0.0.1/', 'https://127.1/', 'https://0x7f000001/', 'https://2130706433/', 'https://0177.0.0.1/', 'https://0/',
    'https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'https://[::]/', 'https://169.254.169.254/', 'https://10.0.0.1/',
  ] // prettier-ignore
  for (const url of urls) {
    const count = await connectionsOf(async () =>
      t.equal(await fetchFromOutside(url, { isLocal: false }), null),
    )
    t.equal(count, 0, url)
  }
  for (const address of [here, '::1', '127.255.0.1', '::ffff:127.0.0.1']) {
    const { asked, resolve } = resolverOf(address)
    const count = await connectionsOf(() =>
      fetchFromOutside('https://nave.example/', { isLocal: false, resolve }),
    )
    t.strictSame([asked, count], [['nave.example'], 0], address)
  }
})

t.test('away from one’s own machine only https on its own port is spoken', async (t) => {
  for (const url of [
    'http://nave.example/',
    'https://nave.example:8443/',
    'https://nave.example:80/',
    'https://user@nave.example/',
    'https://user:word@nave.example/',
    'ftp://nave.example/',
    'file:///etc/passwd',
    'data:text/plain,hello',
    'nave.example',
  ]) {
    const { asked, resolve } = resolverOf('8.8.8.8')
    t.equal(await fetchFromOutside(url, { isLocal: false, resolve }), null, url)
    t.strictSame(asked, [], url)
  }
})

t.test('a way elsewhere is not followed', async (t) => {
  const { port, asked } = await openSite(t, ({ url }, response) => {
    if (url === '/') response.writeHead(302, { location: '/there' }).end('moved')
    else response.end('there')
  })
  t.equal(await fetchFromOutside(`http://${here}:${port}/there`, { isLocal: true }), 'there')
  t.equal(await fetchFromOutside(`http://${here}:${port}/`, { isLocal: true }), null)
  t.equal(asked.length, 2)
})

t.test('only a plain 200 of at most 4 KiB counts', async (t) => {
  let [status, size] = [200, 4096]
  const { port } = await openSite(t, (_request, response) => response.writeHead(status).end('x'.repeat(size)))
  const length = async () => (await fetchFromOutside(`http://${here}:${port}/`, { isLocal: true }))?.length
  t.equal(await length(), 4096)
  size = 4097
  t.equal(await length(), undefined)
  size = 1_000_000
  t.equal(await length(), undefined)
  size = 5
  for (status of [201, 203, 206, 300, 401, 404, 500]) t.equal(await length(), undefined, String(status))
})

t.test('a resolver that fails, or knows nothing, is an answer like any other', async (t) => {
  const url = 'https://nave.example/'
  t.equal(await fetchFromOutside(url, { isLocal: false, resolve: resolverOf().resolve }), null)
  const failing: Resolve = () => Promise.reject(new Error('ENOTFOUND'))
  t.equal(await fetchFromOutside(url, { isLocal: false, resolve: failing }), null)
})

t.test('who answers a drop at a time is hung up on', async (t) => {
  t.equal(await slow, null)
})

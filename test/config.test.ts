import t from 'tap'
import { readConfig } from '../src/config.ts'
import { testApp, type TestApp } from './helpers/app.ts'

t.test('trusted proxies are addresses and networks, none unless they are named', (t) => {
  const read = (value?: string) => readConfig(value === undefined ? {} : { WAGGLE_TRUSTED_PROXIES: value })
  t.strictSame(read().trustedProxies, [])
  t.strictSame(read('10.0.0.5, fd00::/8').trustedProxies, ['10.0.0.5', 'fd00::/8'])
  for (const bad of ['true', '*', '10.0.0.5/99', 'proxy.example', '10.0.0.5,', '1'])
    t.throws(() => read(bad), /WAGGLE_TRUSTED_PROXIES must be addresses or networks/, bad)
  t.end()
})

const limits = { client: { burst: 9, perSecond: 1 }, address: { burst: 3, perSecond: 0.001 } }

/** The answers to requests of five callers, as one server before this one says of them. */
const asked = async ({ app }: TestApp, remoteAddress: string) => {
  const statuses = []
  for (let at = 1; at <= 5; at += 1) {
    const headers = { 'x-forwarded-for': `198.51.100.${String(at)}` }
    statuses.push((await app.inject({ url: '/v1/me', headers, remoteAddress })).statusCode)
  }
  return statuses
}

t.test('X-Forwarded-For is believed of a trusted proxy, and of nobody else', async (t) => {
  const open = await testApp(t, { limits })
  t.strictSame(await asked(open, '10.0.0.5'), [401, 401, 401, 429, 429], 'nobody is trusted by itself')
  const behind = await testApp(t, { limits, trustedProxies: ['10.0.0.0/24'] })
  t.strictSame(await asked(behind, '10.0.0.5'), [401, 401, 401, 401, 401], 'five callers')
  t.strictSame(await asked(behind, '203.0.113.9'), [401, 401, 401, 429, 429], 'one caller that makes five up')
})

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { day, hour, minute } from '../../src/platform/clock.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { rowsOf, signIn } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'

const tokenIn = (source: string) => />(wgp_[\w-]{43})</.exec(source)?.[1] ?? ''
const idIn = (source: string) => /value="(pat_\w{26})"/.exec(source)?.[1] ?? ''

const ask = ({ app }: TestApp, token: string, url = '/v1/me') =>
  app.inject({ url, headers: { authorization: `Bearer ${token}` } })

t.test('Personal tokens', async (t) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test, { name: 'Cais Aberto' })
  await addManager(test, { spaceId, role: 'manager' }, 'ines@example.org')
  await addManager(test, { spaceId: await addSpace(test), role: 'owner' }, 'eve@example.org')
  const ines = await signIn(test, 'ines@example.org')
  const eve = await signIn(test, 'eve@example.org')
  const chosen = { name: 'Monday report', days: '7', 'referrals:read': 'yes' }
  const made = await ines.press('/tokens', chosen)
  const token = tokenIn(made.body)

  t.test('one acts as its maker, as far as was ticked, and is shown once', async (t) => {
    t.equal(made.headers['cache-control'], 'no-store')
    t.match((await ask(test, token)).json(), { role: 'manager', spaceId, scopes: ['referrals:read'] })
    t.equal((await ask(test, token, '/v1/referrals?box=sent')).statusCode, 200)
    t.equal((await ask(test, token, '/v1/reciprocity')).statusCode, 403)
    const page = (await ines.get('/tokens')).body
    t.match(page, 'Monday report')
    t.notOk(page.includes(token))
    for (const table of ['personal_tokens', 'audit_log', 'outbox', 'idempotency_keys'])
      t.notOk((await rowsOf(test, table)).join().includes(token), table)
    t.notOk(test.logs.join().includes(token))
  })

  t.test('pressed twice, one is made, and the second press says so', async (t) => {
    const sent = { ...chosen, name: 'Friday report', once: randomUUID() }
    await ines.press('/tokens', sent)
    const again = await ines.press('/tokens', sent)
    t.equal(again.statusCode, 409)
    t.match(again.body, 'The token Friday report is made already')
    t.equal((await ines.get('/tokens')).body.match(/<h2>Friday report/g)?.length, 1)
  })

  t.test('nobody gives more than they may do themselves, nor leaves out what is needed', async (t) => {
    for (const fields of [
      { ...chosen, name: ' ' },
      { ...chosen, days: '366' },
      { ...chosen, days: 'x' },
      { name: 'x', days: '7', 'network:admin': 'yes' },
    ])
      t.equal((await ines.press('/tokens', fields)).statusCode, 422, JSON.stringify(fields))
    const more = await ines.press('/tokens', { ...chosen, name: 'More', 'access:write': 'yes' })
    t.match((await ask(test, tokenIn(more.body))).json(), { scopes: ['referrals:read'] })
  })

  t.test('whoever finds a browser open makes none', async (t) => {
    test.deps.clock.advance(15 * minute)
    t.equal((await ines.press('/tokens', chosen)).headers.location, '/tokens')
    t.match((await ines.get('/tokens')).body, 'sign in anew')
  })

  t.test('its last use is noted to the hour', async (t) => {
    const used = async () =>
      (
        await test.deps.db.pool.query<{ last_used_at: Date | null }>(
          `select last_used_at from personal_tokens where name = 'Monday report'`,
        )
      ).rows[0]!.last_used_at?.getTime()
    const first = await used()
    test.deps.clock.advance(hour / 2)
    await ask(test, token)
    t.equal(await used(), first)
    test.deps.clock.advance(hour)
    await ask(test, token)
    t.equal(await used(), test.deps.clock.now())
  })

  t.test('who has not made it cannot end it; who has, ends it at once', async (t) => {
    const id = /name="token" value="(pat_\w{26})"[^>]*>(?:(?!<\/li>)[\s\S])*Monday report/.exec(
      (await ines.get('/tokens')).body,
    )?.[1]
    t.equal((await eve.press('/tokens/revoke', { token: id ?? '' })).statusCode, 404)
    t.equal((await ask(test, token)).statusCode, 200)
    await ines.press('/tokens/revoke', { token: id ?? '' })
    t.equal((await ask(test, token)).statusCode, 401)
  })

  t.test('it is over when its days are over', async (t) => {
    const fresh = await signIn(test, 'ines@example.org')
    const short = tokenIn((await fresh.press('/tokens', chosen)).body)
    t.ok(idIn((await fresh.get('/tokens')).body))
    test.deps.clock.advance(7 * day - 1)
    t.equal((await ask(test, short)).statusCode, 200)
    test.deps.clock.advance(1)
    t.equal((await ask(test, short)).statusCode, 401)
  })
})

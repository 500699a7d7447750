import t from 'tap'
import { toUuid } from '../../src/platform/ids.ts'
import { testApp } from '../helpers/app.ts'
import { applyAndConfirm } from '../helpers/applying.ts'
import { rowsOf, signIn } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'

const world = async (t: Parameters<typeof testApp>[0]) => {
  const test = await testApp(t)
  await addManager(test, 'steward', 'tomas@example.org')
  const spaceId = await addSpace(test, { name: 'Cais <Aberto>' })
  await addManager(test, { spaceId, role: 'owner' }, 'ines@example.org')
  await addManager(test, { spaceId, role: 'manager' }, 'rui@example.org')
  const [steward, owner, manager] = [
    await signIn(test, 'tomas@example.org'),
    await signIn(test, 'ines@example.org'),
    await signIn(test, 'rui@example.org'),
  ]
  const standing = async () => {
    const values = [toUuid(spaceId)]
    const { rows } = await test.deps.db.pool.query<{ status: string }>(
      'select status from spaces where id = $1',
      values,
    )
    return rows[0]?.status
  }
  return { test, spaceId, steward, owner, manager, standing, path: `/spaces/${spaceId}` }
}

t.test(
  'an owner takes the space out of the network after reading what that means; others are not offered it',
  async (t) => {
    const { test, spaceId, owner, manager, steward, standing } = await world(t)
    const other = await addSpace(test)
    t.match((await owner.get('/home')).body, 'href="/leave"')
    t.notMatch((await manager.get('/home')).body, 'href="/leave"')
    for (const browser of [manager, steward]) {
      t.equal((await browser.get('/leave')).statusCode, 404)
      t.not((await browser.press('/leave', { space: spaceId })).statusCode, 303)
    }
    t.match((await owner.get('/leave')).body, 'Take Cais &lt;Aberto> out of the network')
    for (const space of [other, '', 'x']) t.equal((await owner.press('/leave', { space })).statusCode, 404)
    t.equal(
      (await owner.send('/leave', { space: spaceId })).statusCode,
      403,
      'without the token of the session',
    )
    t.equal(await standing(), 'admitted')
    t.equal((await owner.press('/leave', { space: spaceId })).headers.location, '/home')
    t.equal(await standing(), 'left')
    t.match((await owner.get('/home')).body, 'has left the network')
    t.equal((await owner.press('/leave', { space: spaceId })).statusCode, 409)
  },
)

t.test(
  'the steward suspends a space with a reason that its people read, and takes it in again',
  async (t) => {
    const { steward, manager, standing, path } = await world(t)
    t.match((await steward.get(path)).body, 'It is in the network.')
    const empty = await steward.press(`${path}/suspend`, { reason: ' ' })
    t.strictSame([empty.statusCode, await standing()], [422, 'admitted'])
    t.match(empty.body, 'Say why')
    t.match((await steward.press(`${path}/suspend`, { reason: 'y'.repeat(1001) })).body, 'yyyy')
    t.equal((await steward.press(`${path}/suspend`, { reason: 'Charged <twice>.' })).headers.location, path)
    t.equal(await standing(), 'suspended')
    t.match((await manager.get('/home')).body, 'Charged &lt;twice>.')
    const again = await steward.press(`${path}/suspend`, { reason: 'Once more.' })
    t.equal(again.statusCode, 409)
    t.match(again.body, 'Take it in again')
    t.equal((await steward.press(`${path}/readmit`)).statusCode, 303)
    t.equal(await standing(), 'admitted')
    t.notMatch((await manager.get('/home')).body, 'Charged')
    t.equal((await steward.press(`${path}/readmit`)).statusCode, 409)
  },
)

t.test('nobody but the steward sees or presses these, and no other site does', async (t) => {
  const { test, steward, owner, manager, standing, path } = await world(t)
  for (const browser of [owner, manager]) {
    t.equal((await browser.get(path)).statusCode, 404)
    for (const form of ['suspend', 'readmit'])
      t.equal((await browser.press(`${path}/${form}`, { reason: 'No.' })).statusCode, 403)
    t.equal((await browser.press(`${path}/suspend`)).statusCode, 404, 'nor the page beside an empty reason')
  }
  const form = /name="form" value="([\w-]{43})"/.exec((await steward.get('/home')).body)![1]!
  for (const act of ['suspend', 'readmit']) {
    t.equal((await steward.send(`${path}/${act}`, { reason: 'No.' })).statusCode, 403)
    const foreign = { 'sec-fetch-site': 'cross-site' }
    t.equal((await steward.send(`${path}/${act}`, { reason: 'No.', form }, foreign)).statusCode, 403)
  }
  t.equal((await steward.get('/spaces/spc_x')).statusCode, 404)
  t.equal(await standing(), 'admitted')
  t.notMatch((await rowsOf(test, 'audit_log')).join(), 'suspendSpace')
})

t.test('from an application that was admitted the steward comes to its space', async (t) => {
  const { test, steward } = await world(t)
  const { id } = await applyAndConfirm(test)
  await steward.press(`/applications/${id}/admit`)
  const link = /href="(\/spaces\/spc_\w+)"/.exec((await steward.get(`/applications/${id}`)).body)![1]!
  t.match((await steward.get(link)).body, 'Suspend Nave')
})

t.test(
  'the steward finds every space by how it stands, a page at a time; nobody else has the list',
  async (t) => {
    const { test, steward, owner, manager, spaceId, path } = await world(t)
    const ids = [spaceId]
    for (let index = 0; index < 50; index += 1)
      ids.push(await addSpace(test, { name: `Nave ${String(index)}` }))
    const waiting = await addSpace(test, { status: 'registered' })
    t.match((await steward.get('/home')).body, 'href="/spaces"')
    const first = (await steward.get('/spaces')).body
    t.match(first, 'Cais &lt;Aberto>')
    const next = /href="(\/spaces\?status=admitted&amp;cursor=[^"]+)"/.exec(first)![1]!.replace('&amp;', '&')
    const both = first + (await steward.get(next)).body
    for (const id of ids) t.ok(both.includes(`/spaces/${id}"`))
    t.notOk(both.includes(waiting))
    t.match((await steward.get('/spaces?status=suspended')).body, 'No space is suspended.')
    await steward.press(`${path}/suspend`, { reason: 'Charged twice.' })
    t.match((await steward.get('/spaces?status=suspended')).body, `/spaces/${spaceId}"`)
    t.match((await steward.get('/spaces?status=registered')).body, `/spaces/${waiting}"`)
    for (const browser of [owner, manager]) {
      t.equal((await browser.get('/spaces')).statusCode, 404)
      t.notMatch((await browser.get('/home')).body, 'href="/spaces"')
    }
  },
)

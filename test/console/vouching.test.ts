import t from 'tap'
import { toUuid } from '../../src/platform/ids.ts'
import type { Browser } from '../helpers/browser.ts'
import { insider, press, statusOf, world } from './deciding.ts'

t.test(
  'spaces of the network vouch by a press, viewers look on, and with enough vouches the space is in',
  async (t) => {
    const { test, browser, id } = await world(t)
    const [owner, manager] = [await insider(test, 'Cais Aberto'), await insider(test, 'Ruche', 'manager')]
    const viewer = await insider(test, 'Traboule', 'viewer')
    const seen = (await viewer.browser.get(`/applications/${id}`)).body
    t.match(seen, 'Nave asks to be taken in.')
    for (const words of ['We know them', 'Take it in', 'Withdraw it', 'lea@nave.example'])
      t.notMatch(seen, words)
    t.equal((await press(viewer.browser, id, 'vouch')).statusCode, 403)
    t.match((await owner.browser.get(`/applications/${id}`)).body, 'We know them')
    for (let n = 0; n < 2; n += 1) t.equal((await press(owner.browser, id, 'vouch')).statusCode, 303)
    t.match((await owner.browser.get(`/applications/${id}`)).body, 'You have vouched for Nave.')
    t.match((await browser.get(`/applications/${id}`)).body, '1 of the 2 vouches')
    t.strictSame(await statusOf(test), ['pending'])
    await press(manager.browser, id, 'vouch')
    t.strictSame(await statusOf(test), ['admitted'])
    t.match((await browser.get(`/applications/${id}`)).body, 'Nave is in the network, on probation')
  },
)

t.test('a space on probation is told on the page why it cannot vouch yet', async (t) => {
  const { test, id } = await world(t)
  const { spaceId, browser } = await insider(test, 'Ruche')
  await test.deps.db.pool.query('update spaces set probation_until = $2 where id = $1', [
    toUuid(spaceId),
    '2027-06-01',
  ])
  const answer = await press(browser, id, 'vouch')
  t.equal(answer.statusCode, 409)
  t.match(answer.body, 'Ruche is on probation itself')
})

t.test(
  'two spaces end a probation by a press each; viewers read how it stands and press nothing',
  async (t) => {
    const { test, browser, id } = await world(t, { vouchesToAdmit: 1 })
    const by = []
    for (const name of ['Cais Aberto', 'Ruche', 'Atelier']) by.push(await insider(test, name))
    const viewer = await insider(test, 'Traboule', 'viewer')
    const read = async (reader: Browser) => (await reader.get(`/applications/${id}`)).body
    await press(by[0]!.browser, id, 'vouch')
    t.match(await read(by[0]!.browser), 'You have vouched for Nave.', 'who took it in is not asked again')
    t.match(await read(browser), /in the network, on probation until 18 February 2027/)
    t.match(
      await read(by[1]!.browser),
      'Nave is on probation until 18 February 2027; your vouch and one more',
    )
    const seen = await read(viewer.browser)
    t.match(seen, 'None of the 2 vouches that end the probation')
    t.notMatch(seen, /We know them|your vouch/)
    t.match((await viewer.browser.get('/applications?status=admitted')).body, 'Is on probation until 18 Feb')
    t.equal((await press(viewer.browser, id, 'vouch')).statusCode, 403)
    await press(by[1]!.browser, id, 'vouch')
    t.match(await read(by[2]!.browser), '18 February 2027; your vouch ends it.')
    t.match(await read(viewer.browser), '1 of the 2 vouches that end the probation')
    await press(by[2]!.browser, id, 'vouch')
    for (const one of [browser, viewer.browser, by[1]!.browser]) t.notMatch(await read(one), 'probation')
    t.notMatch(await read((await insider(test, 'Late')).browser), 'We know them', 'nobody is asked any more')
  },
)

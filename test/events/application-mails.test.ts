import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { makeSteward } from '../../src/access/make-steward.ts'
import { admitApplication } from '../../src/network/admit-application.ts'
import { confirmUrl } from '../../src/network/application-link.ts'
import { confirmApplication } from '../../src/network/confirm-application.ts'
import { forgetApplications } from '../../src/network/forget-applications.ts'
import { rejectApplication } from '../../src/network/reject-application.ts'
import { submitApplication } from '../../src/network/submit-application.ts'
import { vouchForApplication } from '../../src/network/vouch-for-application.ts'
import { day, hour } from '../../src/platform/clock.ts'
import type { Ctx } from '../../src/platform/context.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { addSpace, steward } from '../helpers/network.ts'
import { ctxOf } from './world.ts'
import { newLines, openMailbox, startMailTo } from './mailbox.ts'
import { addresses, seenIn, subjects } from './post.ts'

const anybody = (test: TestApp): Ctx => ({
  ...test.deps,
  actor: { kind: 'public', id: 'public' },
  requestId: 'test',
})

const world = async (t: Test) => {
  const test = await testApp(t)
  await makeSteward(steward(test), { name: 'Grace', email: 'grace@network.example' })
  await makeSteward(steward(test), { name: 'Edith', email: 'edith@network.example' })
  const box = await openMailbox(t)
  const log = newLines()
  const carry = async () => {
    const mail = startMailTo(t, test.deps, box.port, log)
    await mail.drain()
    await mail.stop()
    return box.received.splice(0)
  }
  return { test, carry, faults: log.lines }
}

const submit = (test: TestApp, contact = { name: 'Léa Martin', email: 'lea@nave.example' }) =>
  submitApplication(
    anybody(test),
    {
      contact,
      space: { name: 'Nave <b>', city: 'Lyon', countryCode: 'FR' },
      statement: 'Buy cheap things at evil.example',
    },
    `192.0.2.${String(Math.floor(Math.random() * 250))}`,
  )

const confirm = async (test: TestApp, id: Awaited<ReturnType<typeof submit>>['id']) => {
  const token = confirmUrl('', test.deps.keys.link, id).split('/').at(-1)!
  await confirmApplication(anybody(test), token, () => Promise.resolve(null))
}

t.test('who applied is asked by mail, and by nothing else that was typed', async (t) => {
  const { test, carry, faults } = await world(t)
  const { id } = await submit(test)
  const mails = await carry()
  t.strictSame(addresses(mails), [['lea@nave.example']])
  const seen = seenIn(mails[0]!)
  t.match(seen, confirmUrl(test.deps.baseUrl, test.deps.keys.link, id))
  t.match(mails[0]!.mail.text, '22 November 2026')
  t.notMatch(seen, 'evil.example')
  t.match(mails[0]!.mail.html, 'Nave &lt;b>', 'what was typed is no markup')
  t.notMatch(mails[0]!.mail.subject, /Nave|Léa/)
  t.strictSame(faults, [])
})

t.test('a name or an address never makes a header of its own', async (t) => {
  const { test, carry } = await world(t)
  for (const name of ['Léa\r\nBcc: all@example.org', 'Léa\nX-Evil: 1', '"Léa" <evil@example.org>,'])
    await submit(test, { name, email: 'lea@nave.example' }).catch(() => undefined)
  for (const { mail, recipients } of await carry()) {
    t.strictSame(recipients, ['lea@nave.example'])
    t.notOk(mail.headers.has('bcc'))
    t.notOk(mail.headers.has('x-evil'))
  }
})

t.test('each steward is told once that somebody waits, and the applicant what becomes of it', async (t) => {
  const { test, carry } = await world(t)
  const { id } = await submit(test)
  await carry()
  await confirm(test, id)
  const asked = await carry()
  t.strictSame(addresses(asked).sort(), [['edith@network.example'], ['grace@network.example']])
  t.match(seenIn(asked[0]!), `${test.deps.baseUrl}/applications/${id}`)
  t.notMatch(seenIn(asked[0]!), 'lea@nave.example')

  const voucher = ctxOf(test.deps, await addSpace(test))
  const scopes = new Set(['network:vouch', 'network:read'])
  await vouchForApplication({ ...voucher, actor: { ...voucher.actor, scopes } as Ctx['actor'] }, id)
  t.strictSame(subjects(await carry()), ['A space of the network speaks for Nave <b>'])

  await admitApplication(steward(test), id)
  const admitted = await carry()
  t.strictSame(addresses(admitted), [['lea@nave.example']])
  t.strictSame(subjects(admitted), ['Nave <b> is in the network'])
  t.strictSame(await carry(), [], 'and nothing twice')
})

t.test('who is rejected reads why, and how to go on', async (t) => {
  const { test, carry } = await world(t)
  const { id } = await submit(test)
  await confirm(test, id)
  await carry()
  await rejectApplication(steward(test), id, 'Your page is of another firm.')
  const [letter, ...more] = await carry()
  t.strictSame(more, [])
  t.match(letter!.mail.text, 'Your page is of another firm.')
  t.match(letter!.mail.text, `${test.deps.baseUrl}/join`)
})

t.test('a letter that has lost its reason is not sent', async (t) => {
  const { test, carry } = await world(t)
  const late = await submit(test)
  test.deps.clock.advance(2 * day)
  t.strictSame(await carry(), [], 'nobody can confirm it any more')
  t.ok(late.id)
  const { id } = await submit(test, { name: 'Léa', email: `${randomUUID()}@nave.example` })
  await confirm(test, id)
  await rejectApplication(steward(test), id, 'No.')
  t.strictSame(subjects(await carry()), ['About the application of Nave <b>'], 'stewards are not asked')
})

t.test('what nobody confirmed is deleted when its time is over, and not before', async (t) => {
  const { test } = await world(t)
  const count = async () =>
    Number((await test.deps.db.pool.query('select count(*) from applications')).rows[0].count)
  await submit(test)
  const { id } = await submit(test, { name: 'Ada', email: 'ada@example.org' })
  await confirm(test, id)
  test.deps.clock.advance(2 * day - hour)
  await forgetApplications(test.deps)
  t.equal(await count(), 2)
  test.deps.clock.advance(2 * hour)
  await forgetApplications(test.deps)
  t.equal(await count(), 1, 'the one that was confirmed stays')
})

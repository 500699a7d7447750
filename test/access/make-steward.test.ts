import t from 'tap'
import { makeKeys } from '../../src/platform/keys.ts'
import { testApp } from '../helpers/app.ts'
import { openBrowser, rowsOf, signIn } from '../helpers/browser.ts'
import { commandLine } from '../helpers/command-line.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'
import { openMailbox, startMailTo } from '../events/mailbox.ts'

t.test('waggle make-steward', async (t) => {
  const keys = makeKeys()
  const test = await testApp(t, { keys })
  const run = commandLine(test, keys)
  const make = (...more: string[]) => run('make-steward', 'Tomas@example.org', ...more)

  t.test('makes the first steward, who gets in by the mail that comes', async (t) => {
    const made = await make('--name', 'Tomáš Beran')
    t.match(made, { code: 0, out: /is a steward\. To sign in: open .*\/sign-in/ })
    const box = await openMailbox(t)
    const browser = openBrowser(test)
    await browser.send('/sign-in', { email: 'tomas@example.org' })
    await browser.send('/sign-in', { email: 'nobody@example.org' })
    const mail = startMailTo(t, test.deps, box.port)
    await mail.drain()
    const [letter, ...others] = box.received
    t.strictSame([letter?.recipients, others], [['Tomas@example.org'], []], 'and nobody else is written to')
    t.equal(letter?.mail.subject, 'Your link to sign in to Waggle')
    const link = /https:\/\/waggle\.test(\/sign-in\/link\/[\w-]{22})\s/.exec(letter?.mail.text ?? '')?.[1]
    t.equal((await browser.send(String(link))).headers.location, '/home')
    const home = (await browser.get('/home')).body
    for (const words of ['Tomáš Beran', 'You are at the steward’s desk']) t.match(home, words)
  })

  t.test('again changes nothing, and each time is written down', async (t) => {
    const before = await rowsOf(test, 'managers')
    t.equal((await make('--name', 'Somebody Else')).code, 0)
    t.strictSame(await rowsOf(test, 'managers'), before)
    const audit = await rowsOf(test, 'audit_log')
    t.equal(audit.filter((row) => row.includes('makeSteward')).length, 2)
  })

  t.test('--remove takes it away and signs out who has nothing else here', async (t) => {
    const browser = await signIn(test, 'tomas@example.org')
    t.match(await make('--remove'), { code: 0, out: /no steward any more/ })
    t.equal((await browser.get('/home')).statusCode, 303)
    t.match(
      (await (await signIn(test, 'tomas@example.org', browser)).get('/home')).body,
      'You belong to no space.',
    )
  })

  t.test('--remove leaves who acts for a space signed in there', async (t) => {
    const spaceId = await addSpace(test, { name: 'Nave' })
    await addManager(test, { spaceId, role: 'owner' }, 'lina@example.org')
    await run('make-steward', 'lina@example.org', '--name', 'Lina')
    const browser = await signIn(test, 'lina@example.org')
    await run('make-steward', 'lina@example.org', '--remove')
    t.match((await browser.get('/home')).body, 'You act for Nave, as owner.')
  })

  t.test('--remove ends the personal tokens for the network, and no others', async (t) => {
    const spaceId = await addSpace(test)
    const owner = await addManager(test, { spaceId, role: 'owner' }, 'rosa@example.org')
    const steward = await addManager(test, 'steward', 'ada@example.org')
    for (const email of [owner.email, steward.email]) {
      await run('make-steward', email, '--remove')
      await run('make-steward', email, '--name', 'Again')
    }
    t.equal((await owner.get('/v1/me')).status, 200)
    t.equal((await steward.get('/v1/me')).status, 401, 'also for who is made a steward again')
  })

  t.test('says what is missing', async (t) => {
    t.match(await make(), { code: 1, err: /--name/ })
    t.match(await run('make-steward', 'nobody', '--name', 'N'), { code: 1, err: /is no e-mail address/ })
    t.match(await run('make-steward', 'no@example.org', '--remove'), {
      code: 1,
      err: /Nobody here has the address/,
    })
  })
})

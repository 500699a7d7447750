import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { readdir } from 'node:fs/promises'
import t from 'tap'
import { loadPlan } from '../../db/demo/load.ts'
import { makePlan } from '../../db/demo/plan.ts'
import { buildApp } from '../../src/app.ts'
import { tellStory } from '../../src/cli/demo-story.ts'
import { mailTransport } from '../../src/events/mail-transport.ts'
import { startMail } from '../../src/events/mail.ts'
import { testApp } from '../helpers/app.ts'
import { openBrowser } from '../helpers/browser.ts'
import { makeTempFolder } from '../helpers/temp-folder.ts'

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

t.test('the story is told with true calls, true mails and balances that the ledger confirms', async (t) => {
  const port = await freePort()
  const test = await testApp(t)
  const deps = { ...test.deps, baseUrl: `http://127.0.0.1:${String(port)}` }
  const loaded = await loadPlan(deps, makePlan({ referrals: 60 }), () => undefined)
  const dataDir = await makeTempFolder(t)
  const [lines, mails, pages]: [string[], string[], string[]] = [[], [], []]
  const transport = mailTransport(
    { smtpUrl: null, mailFrom: 'Waggle <waggle@localhost>', dataDir },
    ({ line, url }) => {
      mails.push(line)
      if (url !== null) pages.push(url)
    },
  )
  const app = await buildApp(deps)
  const mail = startMail(deps, transport, app.log)
  t.teardown(() => Promise.all([app.close(), mail.stop()]))
  await app.listen({ host: '127.0.0.1', port })

  const ending = await tellStory({ deps, mail, mails, loaded, say: (line) => lines.push(line) })
  const story = lines.join('\n')
  t.equal(ending.holds, true)
  t.match(story, 'The ledger holds')
  t.ok(
    story.indexOf('Member: sealed') < story.indexOf('Member: Ana Moreira'),
    'the contact opens on acceptance',
  )
  for (const verb of ['accept', 'record-visit', 'start-trial', 'close']) t.match(story, `/${verb}  →  200`)
  t.equal(
    (await readdir(join(dataDir, 'mail'))).length,
    3,
    'the notice, the letter to the receiver, the introduction',
  )
  const figures = (row: RegExp) =>
    lines
      .find((line) => row.test(line))
      ?.trim()
      .split(/\s+/)
      .slice(-3)
      .map(Number) ?? []
  const [before, after] = [figures(/Nave, Porto +before/), figures(/^ +after/)]
  t.same(
    after,
    [Number(before[0]) + 100, before[1], Number(before[2]) + 100],
    'one person who stayed: 100 points',
  )
  t.ok(lines.length + ending.invitation.length <= 60, 'it fits on two screens')

  const curl = ending.invitation.find((line) => line.includes('Bearer')) ?? ''
  const [, token = '', url = ''] = /Bearer ([^']+)' '([^']+)'/.exec(curl) ?? []
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  t.equal(answer.status, 200, 'the line that is offered works')

  const browser = openBrowser({ app })
  await browser.send('/sign-in', { email: 'ines@nave.example' })
  await mail.drain()
  await browser.send(new URL(pages.at(-1) ?? '').pathname)
  t.match((await browser.get('/home')).body, 'Nave', 'who is named there gets in')
})

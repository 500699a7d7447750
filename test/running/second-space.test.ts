import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { openMailbox, type Received } from '../events/mailbox.ts'
import { makeTempFolder } from '../helpers/temp-folder.ts'
import { until } from '../helpers/until.ts'
import { run, startServer, type Server } from './server.ts'

/** A browser that talks to a server over the wire, and keeps its cookies. */
const openBrowser = (server: Server) => {
  const cookies = new Map<string, string>()
  const ask = async (path: string, fields?: Record<string, string>) => {
    const response = await fetch(new URL(path, server.url), {
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'sec-fetch-site': 'same-origin',
      },
      ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const to = response.headers.get('location') ?? ''
    return { status: response.status, to, text: await response.text() }
  }
  /** Presses a button of a page for people who are signed in. */
  const press = async (page: string, path: string, fields: Record<string, string> = {}) => {
    const form = /name="form" value="([\w-]{43})"/.exec((await ask(page)).text)?.[1] ?? ''
    return ask(path, { form, ...fields })
  }
  return { ask, press }
}

const world = async (t: Test) => {
  const box = await openMailbox(t)
  const env = {
    WAGGLE_DATA_DIR: join(await makeTempFolder(t), 'data'),
    SMTP_URL: `smtp://127.0.0.1:${String(box.port)}`,
    // One vouch takes a space in.
    WAGGLE_ADMISSION: '1',
  }
  const server = await startServer(t, env)
  /** The path of the link in the first mail to somebody that has one of this kind; each mail is read once. */
  const linkTo = async (email: string, path: string): Promise<string> => {
    const found = ({ recipients, mail }: Received) =>
      recipients.includes(email) && mail.text?.includes(`${server.url}${path}`)
    await until(() => box.received.some(found), 20_000)
    const [received] = box.received.splice(box.received.findIndex(found), 1)
    const [, link = ''] = new RegExp(`${server.url}(${path}[\\w/-]*)`).exec(received?.mail.text ?? '') ?? []
    return link
  }
  return { env, server, linkTo }
}

type World = Awaited<ReturnType<typeof world>>

/** Follows a mailed link: the page behind it shows a button, which is pressed. */
const follow = async (browser: ReturnType<typeof openBrowser>, link: string) => {
  const page = await browser.ask(link)
  if (page.status !== 200) throw new Error(`${link}: ${String(page.status)}`)
  return browser.ask(link, {})
}

/** The first space applies by the API. */
const applyByApi = async ({ server, linkTo }: World, name: string, email: string) => {
  const answer = await server.ask('/v1/applications', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({
      contact: { name: 'Léa', email },
      space: { name, city: 'Lyon', countryCode: 'FR' },
    }),
  })
  if (answer.status !== 201) throw new Error(answer.text)
  const browser = openBrowser(server)
  const { to } = await follow(browser, await linkTo(email, '/join/confirm/'))
  return { browser, page: to }
}

/** The second by the page, which asks for three things. */
const applyByPage = async ({ server, linkTo }: World, name: string, email: string) => {
  const browser = openBrowser(server)
  const form = (await browser.ask('/join/apply')).text
  const once = /name="once" value="([\w-]+)"/.exec(form)?.[1] ?? ''
  const sent = await browser.ask('/join/apply', { once, name, city: 'Lyon', email })
  if (sent.to !== '/join/sent') throw new Error(sent.text)
  const { to } = await follow(browser, await linkTo(email, '/join/confirm/'))
  return { browser, page: to }
}

t.test(
  'from nothing to a second space that is admitted, and the first referral, by mail and pages',
  async (t) => {
    const one = await world(t)
    const { env, server, linkTo } = one
    const made = await run(t, 'make-steward', env, ['grace@network.example', '--name', 'Grace']).ended
    t.equal(made.code, 0, made.stderr)

    const nave = await applyByApi(one, 'Nave', 'lea@nave.example')
    t.match(nave.page, /^\/applications\/app_\w+$/)
    const asked = await linkTo('grace@network.example', '/applications/')
    t.equal(asked, nave.page, 'the steward is told by mail what waits')

    const grace = openBrowser(server)
    t.match((await grace.ask(asked)).to, '/sign-in?return=')
    await grace.ask('/sign-in', { email: 'grace@network.example', return: asked })
    t.equal((await follow(grace, await linkTo('grace@network.example', '/sign-in/link/'))).to, asked)
    t.equal((await grace.press(asked, `${asked}/admit`)).to, asked)
    t.equal(await linkTo('lea@nave.example', '/home'), '/home', 'who applied is told by mail')
    t.match((await nave.browser.ask('/home')).text, 'You act for Nave, as owner.')

    const ruche = await applyByPage(one, 'Ruche', 'max@ruche.example')
    t.match((await ruche.browser.ask('/home')).text, 'waits to be admitted')
    t.equal((await nave.browser.press(ruche.page, `${ruche.page}/vouch`)).to, ruche.page)
    t.equal(await linkTo('max@ruche.example', '/home'), '/home')
    t.notMatch((await ruche.browser.ask('/home')).text, 'waits to be admitted')

    const authorization = `Bearer ${await programOf(one, nave.browser)}`
    const found = await server.ask('/v1/spaces?q=ruche', { headers: { authorization } })
    t.match(found.body.data, [{ name: 'Ruche', status: 'admitted' }])
    const sent = await server.ask('/v1/referrals', {
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({
        toSpaceId: found.body.data[0].id,
        member: { name: 'Ada Lovelace', email: 'ada@example.org' },
        brief: { summary: 'Illustrator, wants quiet and daylight' },
        consent: { kind: 'attested', obtainedOn: '2026-11-20', how: 'in_person' },
      }),
    })
    t.match([sent.status, sent.body.status], [201, 'sent'], sent.text)
  },
)

/** An owner makes an API client for the space on the page; it asks for a token. */
const programOf = async ({ server }: World, browser: ReturnType<typeof openBrowser>): Promise<string> => {
  const scopes = { 'spaces:read': 'yes', 'referrals:write': 'yes' }
  const { text } = await browser.press('/clients', '/clients', { name: 'Front desk', ...scopes })
  const [id = '', secret = ''] = [/>(cli_\w+)</, />(waggle_[\w-]{43})</].map((one) => one.exec(text)?.[1])
  const { body } = await server.ask('/oauth/token', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
    },
    body: 'grant_type=client_credentials',
  })
  return body.access_token as string
}

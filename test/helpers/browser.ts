import { randomUUID } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import { signInToken } from '../../src/access/sign-in-token.ts'
import { toTypeId, type Id } from '../../src/platform/ids.ts'
import type { TestApp } from './app.ts'

type Headers = Record<string, string>
type Fields = Record<string, string>

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** What a browser sends when a form on our own page is pressed. */
const fromOurPage: Headers = { 'sec-fetch-site': 'same-origin' }

/** Keeps cookies as a browser does. */
export interface Browser {
  readonly cookies: Map<string, string>
  get(path: string, headers?: Headers): Promise<LightMyRequestResponse>
  /** Sends a form; without `form` among its fields, as of no session. */
  send(path: string, fields?: Fields, headers?: Headers): Promise<LightMyRequestResponse>
  /** Sends a form with the token of the page that it stands on, loaded anew. */
  press(path: string, fields?: Fields): Promise<LightMyRequestResponse>
}

export const openBrowser = ({ app }: Pick<TestApp, 'app'>, userAgent = firefox): Browser => {
  const cookies = new Map<string, string>()
  const keep = (answer: LightMyRequestResponse) => {
    for (const { name, value, maxAge, expires } of answer.cookies) {
      if (maxAge === 0 || (expires && expires.getTime() === 0)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  const own = (headers: Headers) => ({
    'user-agent': userAgent,
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    ...headers,
  })
  const browser: Browser = {
    cookies,
    get: async (url, headers = {}) => keep(await app.inject({ url, headers: own(headers) })),
    send: async (url, fields = {}, headers = fromOurPage) =>
      keep(
        await app.inject({
          method: 'POST',
          url,
          headers: { ...own(headers), 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams(fields).toString(),
        }),
      ),
    press: async (path, fields = {}) =>
      browser.send(path, {
        form: formTokenIn((await browser.get('/home')).body),
        once: randomUUID(),
        ...fields,
      }),
  }
  return browser
}

/** What the forms of a page carry. */
export const formTokenIn = (source: string): string =>
  /name="form" value="([\w-]{43})"/.exec(source)?.[1] ?? ''

/** The path of the link that was asked for last and waits to be used. */
export const lastLink = async ({ deps }: TestApp): Promise<string> => {
  const { rows } = await deps.db.pool.query<{ id: string }>(
    `select id from sign_ins where kind = 'link' order by used_at is not null, created_at desc limit 1`,
  )
  const id: Id<'signIn'> = toTypeId('signIn', rows[0]!.id)
  return `/sign-in/link/${signInToken(deps.keys.link, id)}`
}

/** Signs in by a mailed link in a new browser, or in the one that is given. */
export const signIn = async (test: TestApp, email: string, browser = openBrowser(test)): Promise<Browser> => {
  // So that no other link was asked for at the same moment.
  test.deps.clock.advance(1)
  await browser.send('/sign-in', { email })
  const answer = await browser.send(await lastLink(test))
  if (answer.statusCode !== 303) throw new Error(`Not signed in: ${String(answer.statusCode)}`)
  return browser
}

/** Every row of a table as text. */
export const rowsOf = async ({ deps }: TestApp, table: string): Promise<string[]> => {
  const { rows } = await deps.db.pool.query<{ row: string }>(`select x::text as row from ${table} x`)
  return rows.map(({ row }) => row)
}

import { minute } from '../../src/platform/clock.ts'
import { confirmUrl } from '../../src/network/application-link.ts'
import { toTypeId, type Id } from '../../src/platform/ids.ts'
import type { TestApp } from './app.ts'
import { openBrowser, type Browser } from './browser.ts'

/** The application that was handed in last. */
export const lastApplication = async ({ deps }: TestApp): Promise<Id<'application'>> => {
  const { rows } = await deps.db.pool.query<{ id: string }>(
    'select id from applications order by created_at desc, id desc limit 1',
  )
  return toTypeId('application', rows[0]!.id)
}

/** The path of the link by which it is confirmed. */
export const lastConfirmLink = async (test: TestApp): Promise<string> =>
  confirmUrl('', test.deps.keys.link, await lastApplication(test))

/** What is typed into the form of a space that is not in the directory. */
export const nave = { name: 'Nave', city: 'Lyon', email: 'lea@nave.example', takesMails: 'yes' }

/** Hands an application in by the form, as the page sends it. */
export const applyBy = async (
  browser: Browser,
  fields: Record<string, string> = nave,
  page = '/join/apply',
) => {
  const once = /name="once" value="([\w-]+)"/.exec((await browser.get(page)).body)?.[1] ?? ''
  return browser.send('/join/apply', { once, ...fields })
}

/** Applies and presses the link in the mail, in a browser in which nobody was. */
export const applyAndConfirm = async (
  test: TestApp,
  fields: Record<string, string> = nave,
): Promise<{ readonly browser: Browser; readonly id: Id<'application'> }> => {
  // So that nobody before has used up the five an hour.
  test.deps.clock.advance(12 * minute)
  const browser = openBrowser(test)
  await applyBy(browser, fields)
  const answer = await browser.send(await lastConfirmLink(test))
  if (answer.statusCode !== 303) throw new Error(`Not confirmed: ${String(answer.statusCode)}`)
  return { browser, id: await lastApplication(test) }
}

import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { testApp } from '../helpers/app.ts'
import { lastConfirmLink } from '../helpers/applying.ts'
import { rowsOf } from '../helpers/browser.ts'
import { noChromium, openChromium } from '../helpers/chromium.ts'
import { faultsOfLooks } from '../helpers/looks.ts'
import { addSpace } from '../helpers/network.ts'
import { searchTextOf } from '../../src/spaces/fold.ts'

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const longName = 'Nave, the house of the many desks beside the river'

t.test(
  'in a real browser an owner comes from /join to the application that waits',
  { skip: noChromium },
  async (t) => {
    const port = await freePort()
    const test = await testApp(t, { baseUrl: `http://localhost:${String(port)}` })
    const name = '<img src=x onerror="document.title=1">Traboule'
    await addSpace(test, { name, status: 'unclaimed', searchText: searchTextOf('Traboule', 'Lyon') })
    await test.app.listen({ port, host: 'localhost' })
    const chromium = await openChromium()
    t.teardown(() => chromium.close())
    const context = await chromium.newContext({ viewport: { width: 390, height: 800 } })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    const errors: string[] = []
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    const { baseUrl } = test.deps

    await page.goto(`${baseUrl}/sign-in`)
    await page.click('text=Apply to join')
    await page.fill('#q', 'lyo trab')
    await page.keyboard.press('Enter')
    await page.click('text=This is mine')
    await page.click('text=Look for your space')
    await page.click('text=Enter my space')
    await page.fill('#name', longName)
    await page.fill('#city', 'Lyon')
    await page.fill('#email', 'lea@')
    await page.fill('#challenge', 'Empty desks in August.')
    await page.click('button:has-text("Apply")')
    t.equal(await page.locator('.field.bad').count(), 1)
    t.equal(
      await page.evaluate(() => document.activeElement?.id),
      'email',
      'the reader stands at what is wrong',
    )
    await page.fill('#email', 'lea@nave.example')
    await page.dblclick('button:has-text("Apply")')
    // The second click breaks off the way to which the first one led: what is waited for is the page, not a way to it.
    await page.locator('text=within 2 days').waitFor()
    t.equal((await rowsOf(test, 'applications')).length, 1, 'a double click applies once')

    await page.goto(`${baseUrl}${await lastConfirmLink(test)}`)
    await page.click('text=Yes, I apply')
    await page.waitForURL('**/applications/app_*')
    t.match(await page.textContent('h1'), longName)
    t.match(await page.textContent('main'), 'Empty desks in August.')
    const application = new URL(page.url()).pathname
    const looked = [
      application,
      '/home',
      '/applications',
      '/people',
      '/tokens',
      '/clients',
      '/log',
      '/devices',
    ]
    const outside = ['/join', '/join?q=lyo', '/join/apply', '/join/sent']
    for (const path of [...looked, '/passkeys', ...outside]) {
      await page.goto(`${baseUrl}${path}`)
      for (const width of [320, 390, 1280])
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.setViewportSize({ width, height: 800 })
          await page.emulateMedia({ colorScheme })
          t.strictSame(await faultsOfLooks(page), [], `${path} at ${String(width)}, ${colorScheme}`)
        }
    }
    t.strictSame(
      errors.filter((text) => !text.includes('422')),
      [],
      'nothing was blocked, and nothing ran',
    )
    t.not(await page.title(), '1')
  },
)

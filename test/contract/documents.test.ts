import { readFile } from 'node:fs/promises'
import t from 'tap'
import { lifecyclePage } from '../../src/cli/lifecycle-page.ts'
import { catalogue } from '../../src/platform/errors.ts'
import { errorsPage, remedies } from '../../src/platform/remedies.ts'
import { version } from '../../src/version.ts'
import { testApp } from '../helpers/app.ts'

t.test('docs/errors.md is the page that the catalogue makes', async (t) => {
  t.equal(await readFile('docs/errors.md', 'utf8'), errorsPage(), 'run: npm run openapi')
})

t.test('docs/lifecycle.md is the page that the table of the lifecycle makes', async (t) => {
  t.equal(await readFile('docs/lifecycle.md', 'utf8'), lifecyclePage(), 'run: npm run openapi')
})

t.test('the version is that of package.json', async (t) => {
  t.equal((JSON.parse(await readFile('package.json', 'utf8')) as { version: string }).version, version)
})

t.test('the type of every problem leads to what to do about it', async (t) => {
  const test = await testApp(t)
  for (const [code, { title }] of Object.entries(catalogue)) {
    const page = await test.app.inject(`/problems/${code}`)
    t.equal(page.statusCode, 200)
    t.match(page.body, title)
    t.match(page.body, remedies[code as keyof typeof remedies])
  }
  t.equal((await test.app.inject('/problems/nonsense')).statusCode, 404)
  t.equal((await test.app.inject('/problems/constructor')).statusCode, 404)
})

t.test(
  'a period that each network may set stands in the contract as a default, never as a rule',
  async (t) => {
    const test = await testApp(t)
    const described = JSON.stringify(test.app.swagger()).match(/"(?:description|summary)":"[^"]*"/g) ?? []
    const timed = described.filter((text) =>
      /\b(?:\d+|three|seven|thirty) (?:days|weeks|months)\b/.test(text),
    )
    t.ok(timed.length >= 7)
    for (const text of timed) t.match(text, 'unless the network’s policy says otherwise')
  },
)

t.test('the document and its page are served without anything from elsewhere', async (t) => {
  const test = await testApp(t)
  const served = await test.app.inject('/openapi.json')
  t.equal(served.json<{ openapi: string }>().openapi, '3.1.0')
  const page = await test.app.inject('/docs/')
  t.equal(page.statusCode, 200)
  t.notMatch(page.body, /(?:src|href)="https?:/)
  for (const [, path] of page.body.matchAll(/(?:src|href)="\.?\/?([^"]+)"/g)) {
    const asset = await test.app.inject(`/docs/${String(path).replace(/^docs\//, '')}`)
    t.equal(asset.statusCode, 200, String(path))
  }
})

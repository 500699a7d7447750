import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
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

const filesIn = async (folder: string, ends: RegExp) =>
  (await readdir(folder, { recursive: true }))
    .filter((name) => ends.test(name))
    .map((name) => join(folder, name))

t.test('every page that the code or another page names is there', async (t) => {
  const named: string[] = []
  for (const file of await filesIn('src', /\.tsx?$/))
    for (const [path] of (await readFile(file, 'utf8')).matchAll(/\bdocs\/[\w/-]+\.md\b/g)) named.push(path)
  const pages = [
    ...(await filesIn('docs', /\.md$/)),
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'CHANGELOG.md',
  ]
  for (const page of pages)
    for (const [, path = ''] of (await readFile(page, 'utf8')).matchAll(/\]\((?!https?:)([^)#]+)/g))
      named.push(join(dirname(page), path))
  t.ok(named.length > 40)
  for (const path of new Set(named)) t.ok(existsSync(path), path)
})

t.test('every page of docs/ is linked from the README', async (t) => {
  const readme = await readFile('README.md', 'utf8')
  for (const page of await filesIn('docs', /^[\w-]+\.md$/)) t.ok(readme.includes(`(${page})`), page)
})

t.test('decisions have numbers of their own', async (t) => {
  const numbers = (await readdir('docs/adr')).map((name) => name.slice(0, 4))
  t.strictSame(numbers, [...new Set(numbers)])
})

t.test('the README names every setting and every command', async (t) => {
  const readme = await readFile('README.md', 'utf8')
  const config = await readFile('src/config.ts', 'utf8')
  for (const [, name = ''] of config.matchAll(/^ {2}([A-Z_]{4,}): /gm)) t.match(readme, `\`${name}\``)
  const main = await readFile('src/cli/program.ts', 'utf8')
  for (const [, name = ''] of main.matchAll(/\.command\('([\w-]+)'\)/g))
    t.match(
      readme,
      new RegExp(`npm (?:run |run -s )?(?:waggle -- ${name}|${name === 'serve' ? 'start' : name})\\b`),
    )
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

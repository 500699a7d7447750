import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { makeKeys } from '../../src/platform/keys.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { commandLine } from '../helpers/command-line.ts'
import { geojson } from './rows.ts'
import { countSpaces, fileOf } from './world.ts'

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url))

const keys = makeKeys()

const waggle = async (test: TestApp, ...words: string[]) => {
  const ended = await commandLine(test, keys)(...words)
  return { ...ended, lines: linesOf(ended.out) }
}

/** A process of its own, which gets Ctrl-C at its first word. */
const interrupted = async ({ appUrl, ownerUrl }: TestApp, ...words: string[]) => {
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: appUrl,
    DATABASE_OWNER_URL: ownerUrl,
    WAGGLE_KEYS: JSON.stringify(keys),
  }
  const child = spawn(process.execPath, [main, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const texts = { out: '', err: '' }
  child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()))
  child.stdout.once('data', () => child.kill('SIGINT'))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, err: texts.err, lines: linesOf(texts.out) }
}

const linesOf = (text: string) => text.trimEnd().split('\n')

const jsonIn = (lines: string[]) => lines.map((line) => JSON.parse(line) as Record<string, unknown>)

const ruches = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    at: [4.85 + index / 10_000, 45.7],
    tags: { name: `Ruche ${index}` },
  }))

t.test('waggle import', async (t) => {
  const test = await testApp(t)
  const rows = [
    { at: [4.85, 45.76], tags: { name: 'Flex-O' } },
    { at: [4.8502, 45.76], tags: { name: 'FLEX-O' } },
    { at: [4.9, 45.76], tags: {} },
    { at: [4.95, 45.76], tags: { name: 'Ruche', 'addr:city': 'LYON' } },
  ]
  const path = await fileOf(t, 'spaces.geojson', geojson(...rows))

  t.test('reports in words what wants a look, and ends with 0 in spite of rejects', async (t) => {
    const { code, lines, err } = await waggle(test, 'import', path)
    t.equal(code, 0)
    t.match(lines, [
      /^Reading OpenStreetMap JSON/,
      /^row 2 {2}FLEX-O: perhaps the same as Flex-O: waggle merge spc_\w+ spc_\w+$/,
      /^row 3 {2}node\/3: rejected, no field holds a name$/,
      /^row 4 {2}Ruche: repaired, city cleaned “LYON”$/,
      /^4 rows: 3 accepted \(1 of them repaired\), 0 duplicates, 1 rejected, 0 unchanged\.$/,
    ])
    t.equal(lines.length, 5)
    t.equal(err, '', 'no progress bar where there is no terminal')
  })

  t.test('--json: an object for every row, and the summary last', async (t) => {
    const { code, lines } = await waggle(test, 'import', path, '--json')
    const objects = jsonIn(lines)
    t.equal(code, 0)
    t.strictSame(objects.pop(), {
      rows: 4,
      accepted: 0,
      repaired: 0,
      duplicates: 0,
      rejected: 1,
      unchanged: 3,
    })
    t.match(objects, [
      { row: 1, label: 'Flex-O', outcome: 'unchanged', source: 'openstreetmap', externalId: 'node/1' },
      { row: 2, outcome: 'unchanged' },
      { row: 3, outcome: 'rejected', reason: 'no_name' },
      { row: 4, outcome: 'unchanged' },
    ])
  })

  t.test('a fault of the whole file: the rows before it, one sentence, and 1', async (t) => {
    const whole = geojson(...ruches(3))
    const cut = await fileOf(t, 'cut.geojson', whole.slice(0, whole.lastIndexOf('{"type":"Feature"')))
    const { code, lines, err } = await waggle(test, 'import', cut, '--json')
    t.equal(code, 1)
    t.match(jsonIn(lines).pop(), { rows: 2 })
    t.match(err, /^.*cut\.geojson: The file ends too early at line 1, byte \d+[^\n]*\n$/)
    const nothing = await waggle(test, 'import', `${cut}x`)
    t.match(nothing, { code: 1, err: /Cannot read the file/ })
  })

  t.test('says which options it does not know', async (t) => {
    t.match(await waggle(test, 'import', path, '--format', 'xml'), {
      code: 1,
      err: /--format is osm or csv/,
    })
    t.match(await waggle(test, 'import', path, '--source', 'A b'), { code: 1, err: /--source takes/ })
  })

  t.test('--source names where the rows of a list come from', async (t) => {
    const list = await fileOf(t, 'list.csv', 'id,name,city,country\n7,Arna,Lyon,France\n')
    const { lines } = await waggle(test, 'import', list, '--source', 'city_hall', '--json')
    t.match(jsonIn(lines), [{ source: 'city_hall', externalId: '7' }, { accepted: 1 }])
  })
})

t.test('Ctrl-C ends an import after the batch in hand, and the next continues', async (t) => {
  const test = await testApp(t)
  const path = await fileOf(t, 'many.geojson', geojson(...ruches(2000)))
  const stopped = await interrupted(test, 'import', path, '--json')
  t.equal(stopped.code, 130)
  t.match(stopped.err, /the same command again continues/)
  const { rows } = jsonIn(stopped.lines).pop() as { rows: number }
  t.ok(rows < 2000, `${rows} rows`)
  t.equal(await countSpaces(test), rows)
  const rest = await waggle(test, 'import', path, '--json')
  t.strictSame(jsonIn(rest.lines).pop(), { rows: 2000, accepted: 2000 - rows, repaired: 0, duplicates: 0, rejected: 0, unchanged: rows }) // prettier-ignore
})

t.test('waggle merge takes ids, slugs and ids of the source, and may be said twice', async (t) => {
  const test = await testApp(t)
  const rows = [
    { at: [4.85, 45.76], tags: { name: 'Flex-O' } },
    { at: [4.8502, 45.76], tags: { name: 'FLEX-O' } },
  ]
  await waggle(test, 'import', await fileOf(t, 'pair.geojson', geojson(...rows)))
  const merge = ['merge', 'openstreetmap:node/2', 'flex-o-lyon']
  t.match(await waggle(test, ...merge), { code: 0, out: /^FLEX-O \(flex-o-lyon-\w+\) is now part of Flex-O/ })
  t.match(await waggle(test, ...merge), { code: 0, out: /^They are one already/ })
  t.match(await waggle(test, 'merge', 'nobody', 'flex-o-lyon'), {
    code: 1,
    err: /There is no space nobody/,
  })
  t.equal(await countSpaces(test), 1)
})

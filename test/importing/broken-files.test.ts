import t from 'tap'
import { geojson, readAll, readText, verdicts } from './rows.ts'

const spaces = Array.from({ length: 40 }, (_, at) => ({ at: [2.35, 48.85], tags: { name: `Space ${at}` } }))
const whole = geojson(...spaces)

t.test('readRows: files with a fault', async (t) => {
  t.test('a truncated file gives the rows before the cut, then one error with line and byte', async (t) => {
    const read = await readText(t, 'cut.geojson', whole.slice(0, whole.length / 2))
    t.ok(read.rows.length >= 18 && read.rows.length <= 20, `${read.rows.length} rows`)
    t.match(read.fault, { code: 'truncated', message: /line 1, byte \d+/ })
  })

  t.test('broken JSON gives the rows before the fault, then one error with line and byte', async (t) => {
    const broken = whole.replaceAll('},{', '},\n{').replace('"name":"Space 30"', '"name" "Space 30"')
    const read = await readText(t, 'broken.geojson', broken)
    t.equal(read.rows.length, 30)
    t.match(read.fault, { code: 'not_json', message: /line 31, byte \d+/ })
  })

  const faults: [string, string, string | Buffer, string][] = [
    ['an empty file', 'a.json', '', 'empty_file'],
    ['blanks alone', 'a.csv', ' \n\n ', 'empty_file'],
    ['prose', 'a.txt', 'hello world\nthis is no table\n', 'no_name_column'],
    ['a web page', 'a.json', '<!DOCTYPE html><html>429 Too many requests</html>', 'unknown_format'],
    ['OSM XML', 'a.osm', '<?xml version="1.0"?><osm></osm>', 'unknown_format'],
    ['an Excel workbook', 'a.csv', Buffer.from('504b030414000600', 'hex'), 'unknown_format'],
    ['gzip', 'a.geojson', Buffer.from('1f8b0800', 'hex'), 'unknown_format'],
    ['other JSON', 'a.json', '{"a":{"features":[1]}}', 'no_list_of_spaces'],
    ['text named .json', 'a.json', 'nothing here', 'not_json'],
    [
      'a quotation mark that never closes',
      'a.csv',
      `name,city\nA,"Paris\n${'B,Lyon\n'.repeat(10)}`,
      'not_csv',
    ],
  ]
  for (const [what, name, content, code] of faults)
    t.test(`${what}: ${code}, in one sentence`, async (t) => {
      const read = await readText(t, name, content)
      t.equal(read.fault?.code, code)
      t.notMatch(read.fault?.message, /\n/)
    })

  t.test('a missing file is an error of its own', async (t) => {
    t.equal((await readAll('/nowhere/at/all.csv')).fault?.code, 'not_found')
  })

  t.test('an empty list is no fault', async (t) => {
    t.match(await readText(t, 'none.geojson', geojson()), { rows: [], fault: undefined })
  })

  t.test('rubbish among the features costs only itself', async (t) => {
    const features = `null,42,"x",{"foo":1},[1,2],{"type":"Feature"},${JSON.stringify((JSON.parse(whole) as { features: unknown[] }).features[0])}`
    const read = await readText(t, 'mixed.geojson', `{"type":"FeatureCollection","features":[${features}]}`)
    t.strictSame(verdicts(read), [
      ...Array.from({ length: 5 }, () => 'unreadable_row'),
      'no_name',
      'accepted',
    ])
  })

  t.test('one object per line, a bare array and a single feature are lists too', async (t) => {
    const { features } = JSON.parse(whole) as { features: unknown[] }
    const lines = features.map((feature) => `\u001e${JSON.stringify(feature)}`).join('\n')
    t.equal((await readText(t, 'lines.geojsonl', lines)).profiles.length, 40)
    t.equal((await readText(t, 'array.json', JSON.stringify(features))).profiles.length, 40)
    t.equal((await readText(t, 'one.json', JSON.stringify(features[0]))).profiles.length, 1)
    t.equal((await readText(t, 'marked.json', `\uFEFF${whole}`)).profiles.length, 40)
    t.equal((await readText(t, 'wide.json', Buffer.from(`\uFEFF${whole}`, 'utf16le'))).profiles.length, 40)
  })

  t.test('a huge row is cut to size in good time', async (t) => {
    const x = 'x'.repeat(2_000_000)
    const read = await readText(t, 'huge.geojson', geojson({ at: [2.35, 48.85], tags: { name: `Huge ${x}`, description: x, 'addr:city': `-${'- '.repeat(50_000)}`, website: x, opening_hours: x } }))
    t.strictSame(verdicts(read), ['accepted'])
    t.ok(JSON.stringify(read.rows).length < 10_000)
  }) // prettier-ignore

  t.test('reports the bytes read, up to the size of the file', async (t) => {
    let read = 0
    let size = 0
    const path = new URL(import.meta.url).pathname
    await readAll(path, {
      format: 'csv',
      onBytes: (bytes) => (read = bytes),
      onFile: (facts) => (size = facts.size),
    })
    t.ok(read > 0 && (size === 0 || read === size))
  })
})

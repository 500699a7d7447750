import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { standardLimits } from '../../src/platform/http/limits.ts'

const text = readFileSync('docs/security.md', 'utf8')

t.test('every file that the security tables name is there', (t) => {
  const files = [
    ...text.matchAll(/`((?:src|test|tools|db)\/[^`]+|Dockerfile|docker-compose\.yml|\.dockerignore)`/g),
  ].map(([, path]) => String(path))
  t.ok(files.length > 200)
  for (const file of files) t.ok(existsSync(file), file)
  for (let item = 1; item <= 10; item += 1) t.match(text, `| API${String(item)} `)
  t.end()
})

/**
 * How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; they are numbered from 1, those of level 3 follow.
 * Counted in OWASP/ASVS, 5.0/docs_en/OWASP_Application_Security_Verification_Standard_5.0.0_en.csv.
 */
const sections: Readonly<Record<string, readonly number[]>> = {
  1: [2, 9, 11, 3, 2],
  2: [3, 3, 4, 1],
  3: [0, 2, 4, 6, 5, 0, 2],
  4: [3, 1, 2, 4],
  5: [1, 3, 2, 3],
  6: [3, 12, 4, 4, 5, 3, 0, 4],
  7: [3, 4, 2, 5, 2, 2],
  8: [2, 3, 1, 1],
  9: [3, 4],
  10: [2, 2, 4, 11, 5, 2, 3],
  11: [2, 3, 3, 4, 1, 1, 0],
  12: [3, 2, 4],
  13: [1, 5, 2, 5],
  14: [2, 4, 3],
  15: [3, 3, 7, 0],
  16: [1, 5, 4, 3, 3],
  17: [1, 4, 2],
}
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1)
const requirements = Object.entries(sections).flatMap(([chapter, counts]) =>
  counts.flatMap((count, at) => upTo(count).map((last) => `${chapter}.${String(at + 1)}.${String(last)}`)),
)

/** The rows of the tables about requirements: the cells of each. */
const rows = text
  .slice(text.indexOf('\n## What is held against'), text.indexOf('\n## What is kept'))
  .split('\n')
  .filter((line) => /^\| (?:API)?\d/.test(line))
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  )

/** `1.2.6–1.2.9` names four. */
const numbersIn = (cell: string): string[] =>
  cell.split(', ').flatMap((part) => {
    const [first = '', last = first, ...more] = part.split('–')
    const [from, to] = [requirements.indexOf(first), requirements.indexOf(last)]
    const section = (number: string) => number.slice(0, number.lastIndexOf('.'))
    const isOne = more.length === 0 && from >= 0 && (last === first ? to === from : to > from)
    return isOne && section(first) === section(last)
      ? requirements.slice(from, to + 1)
      : [`not a number: ${part}`]
  })

t.test('every requirement of ASVS levels 1 and 2 stands in the tables, once', (t) => {
  t.equal(requirements.length, 253, '70 of level 1, 183 of level 2')
  const named = rows
    .filter(([item = '']) => !item.startsWith('API'))
    .flatMap(([item = '']) => numbersIn(item))
  t.strictSame(
    named.filter((number) => !requirements.includes(number)),
    [],
    'are none',
  )
  t.strictSame(
    named.filter((number, at) => named.indexOf(number) !== at),
    [],
    'stand there twice',
  )
  t.strictSame(
    requirements.filter((number) => !named.includes(number)),
    [],
    'stand nowhere',
  )
  t.end()
})

t.test('what is claimed to be held names its place and its test, or says that there is none', (t) => {
  const held = rows.filter(({ length }) => length === 4)
  t.ok(held.length > 70)
  for (const [item = '', how = '', where = '', test = ''] of held) {
    t.ok(how.length > 10, item)
    t.match(where, /^(?:`[^`]+`(?:, )?)+$/, item)
    t.match(test, /^(?:`(?:test\/[^`]+\.test\.ts|none of ours)`(?:, )?)+$/, item)
  }
  t.end()
})

t.test('the limits are those that are published', (t) => {
  const { client, address } = standardLimits
  for (const [words, { burst, perSecond }] of [
    ['requests with a token', client],
    ['requests without one', address],
  ] as const)
    t.match(text, new RegExp(`${words}[^|]*\\| ${String(burst)} +\\| ${String(perSecond)} a second`))
  t.end()
})

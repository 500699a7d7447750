import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { standardLimits } from '../../src/platform/http/limits.ts'

const text = readFileSync('docs/security.md', 'utf8')

t.test('every file that the security tables name is there', (t) => {
  const files = [...text.matchAll(/`((?:src|test|tools)\/[^`]+)`/g)].map(([, path]) => String(path))
  t.ok(files.length > 50)
  for (const file of files) t.ok(existsSync(file), file)
  for (let item = 1; item <= 10; item += 1) t.match(text, `| API${String(item)} `)
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

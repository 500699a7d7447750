import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import t from 'tap'

const detector: string = 'redos-detector'

/** Loaded by name, so that the house is built without it as well: this test alone needs it. */
const { isSafePattern } = (await import(detector)) as {
  readonly isSafePattern: (pattern: string, options: { unicode: boolean }) => { readonly safe: boolean }
}

const patternsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  const { pattern } = value as { pattern?: unknown }
  return [...(typeof pattern === 'string' ? [pattern] : []), ...Object.values(value).flatMap(patternsIn)]
}

const document: unknown = JSON.parse(readFileSync('openapi/openapi.json', 'utf8'))
const patterns = [...new Set(patternsIn(document))]

/** The detector gives up on `line`, a star over two disjoint sets of one character: that one is measured alone. */
const isBeyondDetector = (pattern: string) => pattern.includes('(?<=')

/** Half of 64 KiB of what patterns are most likely to go back over. */
const hostile = ['a', '-', ' ', 'a-', 'a.', '1', '/', 'a/', '=', '\u0645\u200c', '👩\u200d', 'http://a'].map(
  (part) => `${part.repeat(Math.ceil(32_768 / part.length))}\u0000`,
)

t.test('no pattern of the contract takes long, whatever it is held against', (t) => {
  t.ok(patterns.length > 15)
  t.ok(patterns.filter(isBeyondDetector).length <= 1)
  for (const pattern of patterns) {
    if (!isBeyondDetector(pattern)) t.ok(isSafePattern(pattern, { unicode: true }).safe, pattern)
    const compiled = new RegExp(pattern, 'u')
    for (const text of hostile) {
      const began = performance.now()
      compiled.test(text)
      t.ok(performance.now() - began < 500, pattern)
    }
  }
  t.end()
})

t.test('the detector knows a bad pattern when it sees one', (t) => {
  for (const bad of ['^(a+)+$', '^(a|a)*$', '^([a-z]+-?)*$'])
    t.notOk(isSafePattern(bad, { unicode: true }).safe, bad)
  t.end()
})

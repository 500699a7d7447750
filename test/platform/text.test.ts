import t from 'tap'
import { z } from 'zod'
import { line, prose } from '../../src/platform/contract.ts'
import { inNfc, isCleanText } from '../../src/platform/text.ts'

const holds = (schema: z.ZodType, text: string) => schema.safeParse(text).success
const named = (codePoint: number) => `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`

t.test('names hold nothing that cannot be seen or that turns what stands around it', (t) => {
  const unseen = [
    0x00, 0x0a, 0x1b, 0x7f, 0x85, 0xad, 0x061c, 0x115f, 0x180e, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029,
    0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0x206f, 0x3164, 0xfeff,
    0xfff9, 0xe0041,
  ]
  for (const one of unseen) {
    const letter = String.fromCodePoint(one)
    for (const text of [`Na${letter}ve`, `${letter}Nave`, `Nave${letter}`])
      t.notOk(holds(line(120), text), named(one))
  }
  for (const joiner of ['\u200c', '\u200d'])
    for (const text of [`pay${joiner}pal`, `${joiner}می`, `а${joiner}б`, joiner])
      t.notOk(holds(line(120), text), JSON.stringify(text))
  t.end()
})

t.test('names that people and houses really have are taken', (t) => {
  const real = [
    'Inês Moura',
    'Zoë O’Neill-Ωμέγα',
    'می‌خواهم',
    'ක්‍රිකට්',
    'क्‍ष',
    'محمد بن سلمان',
    'שלום',
    '東京コワーキング',
    '👩‍💻 Space',
    '👨🏽‍🚀',
    '❤️‍🔥',
    'x',
    'e\u0301',
  ]
  for (const name of real) t.ok(holds(line(120), name), name)
  t.end()
})

t.test('prose may be in any script with its marks, and turns no words around', (t) => {
  for (const text of [
    'one\r\n\ttwo',
    '\u2067שלום\u2069 hello',
    'a\u200fb',
    'می‌خواهم',
    'soft\u00adhyphen',
    '',
  ])
    t.ok(holds(prose(120), text), JSON.stringify(text))
  for (const text of ['a\u202eb', '\u202ab\u202c', 'a\u0000', 'a\u001b[31m', 'a\u0085'])
    t.notOk(holds(prose(120), text), JSON.stringify(text))
  t.end()
})

t.test('text is put into NFC and looked through however deep it lies', (t) => {
  let deep: unknown = 'Ine\u0302s'
  for (let at = 0; at < 100_000; at += 1) deep = [deep]
  t.ok(isCleanText(deep))
  inNfc(deep)
  while (Array.isArray(deep)) deep = deep[0]
  t.equal(deep, 'In\u00eas')
  t.strictSame(inNfc({ a: ['e\u0301', 1, null], b: { c: 'e\u0301' } }), {
    a: ['\u00e9', 1, null],
    b: { c: '\u00e9' },
  })
  for (const bad of [{ a: '\u0000' }, { '\ud800': 1 }, ['x', ['\udc00']]]) t.notOk(isCleanText(bad))
  t.end()
})

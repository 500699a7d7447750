import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
type Patch = Record<string, Json>

interface Tool {
  breakingChanges: (base: string, revision: string) => string[]
  announcesBreak: (base: string, revision: string) => boolean
  isInstalled: () => boolean
}

// The tool is plain JavaScript in a folder of its own, outside of what is compiled.
const folder = new URL('../../../tools/contract-lint/', import.meta.url)
const tool = {
  ...((await import(new URL('breaking.js', folder).href)) as object),
  ...((await import(new URL('tool.js', folder).href)) as object),
} as Tool

const scratch = t.testdir()

const text = { type: 'string', maxLength: 40 }
const amount = { type: 'integer', format: 'int32', minimum: 1, maximum: 9 }

const operation = (operationId: string): Patch => ({
  operationId,
  tags: ['referrals'],
  security: [{ oauth: ['referrals:write'] }],
  parameters: [{ name: 'box', in: 'query', schema: { type: 'string', enum: ['sent', 'received'] } }],
  requestBody: {
    content: {
      'application/json': {
        schema: {
          type: 'object',
          additionalProperties: false,
          required: ['name'],
          properties: { name: text, days: amount, stay: { type: 'string', enum: ['visit', 'join'] } },
        },
      },
    },
  },
  responses: {
    200: {
      description: 'done',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['id'],
            properties: {
              id: text,
              note: text,
              days: amount,
              phase: { type: 'string', enum: ['pending', 'closed'] },
              status: { ...text, 'x-extensible-enum': ['sent', 'accepted'] },
            },
          },
        },
      },
    },
    409: { description: 'wrong state' },
  },
})

const request = (schema: Patch): Patch => ({ requestBody: { content: { 'application/json': { schema } } } })
const answer = (schema: Patch): Patch => ({
  responses: { 200: { content: { 'application/json': { schema } } } },
})

const breaks: [title: string, rule: string, patch: Patch][] = [
  ['a removed response status', 'response-removed', { responses: { 409: null } }],
  ['a removed answer property', 'property-removed', answer({ properties: { note: null } })],
  ['an answer property no longer promised', 'required-properties-removed', answer({ required: null })],
  [
    'an answer property of another type',
    'schema-type-changed',
    answer({ properties: { days: { type: 'number' } } }),
  ],
  [
    'a value added to a closed answer enum',
    'enum-values-added',
    answer({ properties: { phase: { enum: ['pending', 'closed', 'x'] } } }),
  ],
  [
    'a value lost from an answer enum',
    'enum-values-removed',
    answer({ properties: { phase: { enum: ['pending'] } } }),
  ],
  [
    'a value lost from an open enum',
    'open-enum-values-removed',
    answer({ properties: { status: { 'x-extensible-enum': ['sent'] } } }),
  ],
  [
    'a new required request field',
    'required-properties-added',
    request({ required: ['name', 'city'], properties: { city: text } }),
  ],
  [
    'a request field that became required',
    'required-properties-added',
    request({ required: ['name', 'days'] }),
  ],
  ['a removed request field', 'property-removed', request({ properties: { days: null } })],
  ['a narrowed request enum', 'enum-values-removed', request({ properties: { stay: { enum: ['visit'] } } })],
  [
    'a request enum where there was none',
    'enum-values-removed',
    request({ properties: { name: { enum: ['Ada'] } } }),
  ],
  [
    'a shorter request string',
    'schema-constraint-changed',
    request({ properties: { name: { maxLength: 20 } } }),
  ],
  ['a lower request maximum', 'schema-constraint-changed', request({ properties: { days: { maximum: 5 } } })],
  [
    'a higher request minimum',
    'schema-constraint-changed',
    request({ properties: { days: { minimum: 2 } } }),
  ],
  [
    'a new request pattern',
    'schema-constraint-changed',
    request({ properties: { name: { pattern: '^a' } } }),
  ],
  [
    'a request field of another type',
    'schema-type-changed',
    request({ properties: { days: { type: 'string' } } }),
  ],
  ['a required request body', 'request-body-became-required', { requestBody: { required: true } }],
  [
    'a narrowed query enum',
    'enum-values-removed',
    { parameters: [{ name: 'box', in: 'query', schema: { type: 'string', enum: ['sent'] } }] },
  ],
  ['a removed parameter', 'parameter-removed', { parameters: [] }],
  [
    'a parameter that became required',
    'parameter-became-required',
    {
      parameters: [
        { name: 'box', in: 'query', required: true, schema: { type: 'string', enum: ['sent', 'received'] } },
      ],
    },
  ],
  ['another operation id', 'operation-id-changed', { operationId: 'renamed' }],
  ['another scope', 'security-requirement-changed', { security: [{ oauth: ['members:read'] }] }],
  [
    'a further scope',
    'security-requirement-changed',
    { security: [{ oauth: ['referrals:write', 'members:read'] }] },
  ],
  [
    'another media type',
    'media-type-removed',
    { requestBody: { content: { 'application/json': null, 'text/csv': { schema: text } } } },
  ],
]

const growths: [title: string, patch: Patch][] = [
  ['a new optional request field', request({ properties: { city: text } })],
  ['a wider request bound', request({ properties: { days: { maximum: 20 } } })],
  ['a further request value', request({ properties: { stay: { enum: ['visit', 'join', 'relocate'] } } })],
  ['a request field no longer required', request({ required: null })],
  ['a new answer property', answer({ required: ['id', 'sequence'], properties: { sequence: amount } })],
  [
    'a further value of an open enum',
    answer({ properties: { status: { 'x-extensible-enum': ['sent', 'accepted', 'trial'] } } }),
  ],
  ['a new response status', { responses: { 503: { description: 'later' } } }],
  [
    'a new optional parameter',
    {
      parameters: [
        { name: 'box', in: 'query', schema: { type: 'string', enum: ['sent', 'received'] } },
        { name: 'q', in: 'query', schema: text },
      ],
    },
  ],
  ['another description', { description: 'in better words' }],
]

const pathOf = (title: string): string => `/${title.replaceAll(' ', '-')}`

const contract = (titles: string[]): Patch => ({
  openapi: '3.1.0',
  info: { title: 'Waggle', version: '0.1.0' },
  paths: Object.fromEntries(titles.map((title) => [pathOf(title), { post: operation(title) }])),
  components: { securitySchemes: { oauth: { type: 'http', scheme: 'bearer' } } },
  webhooks: { accepted: { post: { responses: { 204: { description: 'received' } } } } },
})

/** RFC 7396. */
const merge = (target: Json | undefined, patch: Json): Json => {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch
  const merged = target && typeof target === 'object' && !Array.isArray(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(merged, key)
    else merged[key] = merge(merged[key], value)
  }
  return merged
}

const compare = (base: Json, patch: Patch): string[] => {
  const before = join(scratch, 'base.json')
  const after = join(scratch, 'revision.json')
  writeFileSync(before, JSON.stringify(base))
  writeFileSync(after, JSON.stringify(merge(base, patch)))
  return tool.breakingChanges(before, after)
}

const patchEach = (cases: [string, Patch][]): Patch => ({
  paths: Object.fromEntries(cases.map(([title, patch]) => [pathOf(title), { post: patch }])),
})

const skip = tool.isInstalled() ? false : 'the packages of tools/contract-lint are not installed'

t.test('every change that can break a client is named once, with its rule', { skip }, (t) => {
  const patches = breaks.map(([title, , patch]): [string, Patch] => [title, patch])
  const found = compare(contract(breaks.map(([title]) => title)), patchEach(patches))
  for (const [title, rule] of breaks) {
    const lines = found.filter((line) => line.includes(`#/paths/~1${pathOf(title).slice(1)}/`))
    t.match(lines, [new RegExp(`^${rule}: `)], title)
    t.equal(lines.length, 1, `${title}: one line`)
  }
  t.equal(found.length, breaks.length, 'and nothing else')
  t.end()
})

t.test('growth is no break', { skip }, (t) => {
  t.same(compare(contract(growths.map(([title]) => title)), patchEach(growths)), [])
  t.end()
})

t.test('a removed path, operation or webhook and a removed security scheme are breaks', { skip }, (t) => {
  const base = merge(contract(['one', 'two']), { paths: { '/two': { get: operation('three') } } })
  t.match(compare(base, { paths: { '/one': null } }), [/^path-removed: .*\/one/])
  t.match(compare(base, { paths: { '/two': { get: null } } }), [/^operation-removed: .*GET \/two/])
  t.match(compare(base, { webhooks: null }), [/webhook/i])
  t.match(compare(base, { components: { securitySchemes: { oauth: null } } }), [/^security-scheme-changed: /])
  t.end()
})

t.test('an open operation that asks for a token is a break', { skip }, (t) => {
  const base = merge(contract(['one']), { paths: { '/one': { post: { security: [] } } } })
  const found = compare(base, { paths: { '/one': { post: { security: [{ oauth: [] }] } } } })
  t.match(found, [/^security-requirement-changed: Authentication became required/])
  t.end()
})

t.test('a component that requests and answers share is judged in both directions', { skip }, (t) => {
  const shared = { $ref: '#/components/schemas/Place' }
  const body = { content: { 'application/json': { schema: shared } } }
  const base = merge(contract([]), {
    paths: {
      '/shared': { post: { requestBody: body, responses: { 200: { description: 'done', ...body } } } },
    },
    components: { schemas: { Place: { type: 'object', properties: { city: text, street: text } } } },
  })
  const change = (place: Patch) => compare(base, { components: { schemas: { Place: place } } })
  t.match(change({ required: ['city'] }), [/^required-properties-added: /], 'the request narrows')
  t.match(change({ properties: { street: null } }), [/^property-removed: /], 'the answer shrinks')
  t.end()
})

t.test('a file that is no contract is an error, never "no breaks"', { skip }, (t) => {
  t.throws(() => compare({ hello: 'world' }, {}))
  t.end()
})

t.test('a break is announced by a higher major, or before version 1 by a higher minor', (t) => {
  t.equal(tool.announcesBreak('1.4.0', '2.0.0'), true)
  t.equal(tool.announcesBreak('0.4.0', '0.5.0'), true)
  t.equal(tool.announcesBreak('0.4.0', '1.0.0'), true)
  t.equal(tool.announcesBreak('1.4.0', '1.5.0'), false)
  t.equal(tool.announcesBreak('0.4.0', '0.4.1'), false)
  t.equal(tool.announcesBreak('0.4.0', '0.4.0'), false)
  t.end()
})

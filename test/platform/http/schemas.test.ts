import t from 'tap'
import { z } from 'zod'
import { toJsonSchema, type JsonSchema } from '../../../src/platform/http/schemas.ts'

t.test('a contract that JSON Schema would lose in silence stops the boot', (t) => {
  const lossy = {
    refine: z.string().refine((text) => text !== 'a'),
    transform: z.string().transform((text) => text.length),
    trim: z.string().trim(),
    coerce: z.coerce.number(),
    catch: z.string().catch('a'),
    date: z.date(),
    set: z.set(z.string()),
    pipe: z.string().pipe(z.string()),
    unbounded: z.int(),
    'half bounded': z.int().min(1),
  }
  for (const [name, schema] of Object.entries(lossy)) {
    t.throws(() => toJsonSchema(z.strictObject({ field: schema }), new Map()), name)
  }
  t.end()
})

t.test('schemas with an id become components, inputs are closed and answers open', (t) => {
  const components = new Map<string, JsonSchema>()
  const inner = z.strictObject({ at: z.iso.datetime().max(30) }).meta({ id: 'Inner' })
  t.same(toJsonSchema(z.object({ inner, n: z.int().min(1).max(5) }), components), {
    type: 'object',
    properties: {
      inner: { $ref: 'Inner#' },
      n: { type: 'integer', minimum: 1, maximum: 5, format: 'int32' },
    },
    required: ['inner', 'n'],
  })
  t.match(components.get('Inner'), { additionalProperties: false })
  t.match(
    components.get('Inner'),
    { properties: { at: { pattern: '^(?!0000).*Z$' } } },
    'what the format leaves open',
  )
  t.end()
})

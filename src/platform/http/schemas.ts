import { z, type ZodType } from 'zod'

/** A JSON Schema, as zod prints it and Fastify, ajv and fast-json-stringify read it. */
export type JsonSchema = Record<string, unknown>

/** What zod checks and JSON Schema cannot say: a contract that uses it would promise more than is checked. */
const lossyTypes = new Set(['transform', 'pipe', 'catch', 'date', 'bigint', 'set', 'map', 'custom'])
const lossyChecks = new Set(['custom', 'overwrite'])

interface ZodInternals {
  readonly _zod: {
    readonly def: { readonly type: string; readonly coerce?: boolean; readonly checks?: ZodInternals[] }
  }
}

const refuseLoss = (schema: unknown) => {
  const { def } = (schema as ZodInternals)._zod
  const checks = (def.checks ?? []).map((check) => (check._zod.def as { check?: string }).check ?? '')
  if (lossyTypes.has(def.type) || def.coerce || checks.some((check) => lossyChecks.has(check))) {
    throw new Error(`A contract uses zod's ${def.type}, which JSON Schema loses in silence`)
  }
}

const unionsAreObjects = (schema: unknown, json: JsonSchema) => {
  const def = (schema as ZodInternals)._zod.def as { type: string; discriminator?: string }
  if (def.type === 'union' && def.discriminator) {
    json['type'] = 'object'
    json['discriminator'] = { propertyName: def.discriminator }
  }
}

/** "This or null" as one type of two: the serialiser looks at the value alone, where for anyOf it runs a validator on each. */
export const nullableAsType = (schema: JsonSchema): JsonSchema => {
  const { anyOf, ...rest } = schema
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return schema
  const [one, other] = anyOf as [JsonSchema, JsonSchema]
  if (other['type'] !== 'null' || typeof one['type'] !== 'string' || 'const' in one) return schema
  const choices = one['enum'] as unknown[] | undefined
  return { ...one, ...(choices && { enum: [...choices, null] }), ...rest, type: [one['type'], 'null'] }
}

/** What the format leaves open: PostgreSQL knows no year 0, and a moment is in UTC. */
const patternOf: Readonly<Record<string, string>> = { date: '^(?!0000)', 'date-time': '^(?!0000).*Z$' }

/** Patterns that ajv knows by their format are dropped or cut to what the format leaves open; an integer without bounds stops the boot. */
const tidy = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(tidy)
  if (typeof value !== 'object' || value === null) return value
  const schema = nullableAsType(value as JsonSchema)
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER || schema['minimum'] === Number.MIN_SAFE_INTEGER) {
    throw new Error('A contract holds an integer without bounds')
  }
  const entries = Object.entries(schema).filter(([key]) => !(key === 'pattern' && 'format' in schema))
  return { ...Object.fromEntries(entries.map(([key, inner]) => [key, tidy(inner)])), ...madeExact(schema) }
}

/** What zod leaves unsaid: how large an integer may be, and what a format lets through. */
const madeExact = (schema: JsonSchema): JsonSchema => {
  if ([schema['type']].flat().includes('integer')) {
    return { format: Number(schema['maximum']) > 0x7fff_ffff ? 'int64' : 'int32' }
  }
  const pattern = patternOf[String(schema['format'])]
  return pattern === undefined ? {} : { pattern }
}

/**
 * Converts a schema for both directions (`io: 'input'`): strict objects stay closed, answers open.
 * Schemas that carry an id become references to components, which are gathered in `components`.
 */
export const toJsonSchema = (schema: ZodType, components: Map<string, JsonSchema>): JsonSchema => {
  const { own, shared } = converted(schema)
  for (const [id, definition] of shared) if (!components.has(id)) components.set(id, definition)
  return own
}

interface Converted {
  readonly own: JsonSchema
  readonly shared: readonly (readonly [id: string, JsonSchema])[]
}

const conversions = new WeakMap<ZodType, Converted>()

/** Each schema once: a referral is the answer of some twenty operations. */
const converted = (schema: ZodType): Converted => {
  const known = conversions.get(schema) ?? convert(schema)
  conversions.set(schema, known)
  return known
}

const convert = (schema: ZodType): Converted => {
  const { $defs, $schema, ...own } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      refuseLoss(zodSchema)
      unionsAreObjects(zodSchema, jsonSchema)
    },
  }) as JsonSchema & { $defs?: Record<string, JsonSchema> }
  const inFull = (json: JsonSchema) => asReferences(tidy(json)) as JsonSchema
  return { own: inFull(own), shared: Object.entries($defs ?? {}).map(([id, json]) => [id, inFull(json)]) }
}

/** `#/$defs/Space` inside one document becomes `Space#`, Fastify's name for a shared schema. */
const asReferences = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asReferences)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const local = key === '$ref' && typeof inner === 'string' ? /^#\/\$defs\/(.+)$/.exec(inner) : null
    return local ? [key, `${String(local[1])}#`] : [key, asReferences(inner)]
  })
  return Object.fromEntries(entries)
}

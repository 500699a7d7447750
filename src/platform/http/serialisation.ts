import fastJsonStringify from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'
import { nullableAsType, type JsonSchema } from './schemas.ts'

/** Writers of answers. Each is made when it is first needed: all of them at once were most of a start. */
export const buildSerializer =
  (shared: Record<string, JsonSchema>): FastifySerializerCompiler<JsonSchema> =>
  ({ schema }) => {
    let write: ((value: unknown) => string) | undefined
    return (value: unknown) => {
      write ??= fastJsonStringify(inlined(schema, shared) as JsonSchema)
      return write(value)
    }
  }

/** With its references replaced by what they lead to, "this or null" of a reference is one type of two as well. */
const inlined = (value: unknown, shared: Record<string, JsonSchema>): unknown => {
  if (Array.isArray(value)) return value.map((one) => inlined(one, shared))
  if (typeof value !== 'object' || value === null) return value
  const { $id, $ref, ...own } = value as JsonSchema
  const target = typeof $ref === 'string' ? (inlined(shared[$ref.slice(0, -1)], shared) as JsonSchema) : {}
  const entries = Object.entries(own)
    .filter((entry) => !isPattern(entry))
    .map(([key, inner]): [string, unknown] => [key, inlined(inner, shared)])
  return nullableAsType({ ...target, ...Object.fromEntries(entries) })
}

/** A writer checks no pattern, and the library that makes it reads them without the flag of Unicode. */
const isPattern = ([key, inner]: [string, unknown]): boolean => key === 'pattern' && typeof inner === 'string'

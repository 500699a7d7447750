import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { FastifySchemaCompiler, FastifyServerOptions } from 'fastify'
import formats from 'ajv-formats'
import { wordsForPattern } from '../contract.ts'
import { notFound, Problem, type Fault } from '../errors.ts'
import type { JsonSchema } from './schemas.ts'
import { buildSerializer } from './serialisation.ts'

const options = {
  strict: true,
  // They come of zod, and the contract's lint reads them: checking each against JSON Schema's own schema was most of a start.
  validateSchema: false,
  strictRequired: false,
  allErrors: true,
  allowUnionTypes: true,
  useDefaults: true,
  removeAdditional: false,
  discriminator: true,
  keywords: ['example', 'x-extensible-enum'] as string[],
} as const

const mostFaults = 20

/**
 * Two validators: bodies are taken as they are; query strings, where everything is text, are read as what the schema asks for.
 * `allErrors` is safe because bodies are small (64 KiB) and the list of faults is cut to 20. Each schema is compiled when it
 * is first needed: all of them at once were most of a start.
 */
const buildValidator = (shared: Record<string, JsonSchema>): FastifySchemaCompiler<JsonSchema> => {
  const exact = ajvWith(shared, false)
  const reading = ajvWith(shared, true)
  return ({ schema, httpPart }) => {
    const ajv = httpPart === 'querystring' || httpPart === 'params' ? reading : exact
    let validate: ValidateFunction | undefined
    return (data: unknown) => {
      validate ??= ajv.compile(schema)
      return validate(data) ? { value: data } : { error: refusal(validate, httpPart) }
    }
  }
}

const ajvWith = (shared: Record<string, JsonSchema>, coerce: boolean): Ajv2020 => {
  const ajv = new Ajv2020({ ...options, coerceTypes: coerce ? 'array' : false })
  formats.default(ajv)
  for (const schema of Object.values(shared)) ajv.addSchema(schema)
  return ajv
}

const refusal = (validate: ValidateFunction, httpPart: string | undefined): Problem => {
  // A badly written id is like an unknown one: the path leads nowhere.
  if (httpPart === 'params') return notFound()
  const faults = (validate.errors ?? []).filter(isTelling).slice(0, mostFaults)
  const prefix = httpPart === 'querystring' ? '?' : ''
  return new Problem('validation_failed', sentence(faults.length, httpPart), {
    errors: faults.map((error) => faultOf(error, prefix)),
  })
}

/** A field that may be null has two schemas: that it is not null, and that neither fits, says nothing about the fault. */
const isTelling = ({ keyword, params }: ErrorObject): boolean =>
  keyword !== 'anyOf' && !(keyword === 'type' && (params as { type?: unknown }).type === 'null')

const sentence = (count: number, httpPart: string | undefined) => {
  const where = httpPart === 'querystring' ? 'query' : 'body'
  return count === 1
    ? `One field of the ${where} is not valid.`
    : `${String(count)} fields of the ${where} are not valid.`
}

const faultOf = (error: ErrorObject, prefix: string): Fault => {
  const named = namedField(error)
  const path = named === undefined ? error.instancePath : `${error.instancePath}/${escape(named)}`
  return { pointer: prefix === '?' ? `?${path.slice(1)}` : path, detail: detailOf(error) }
}

/** The field that is missing or too much is not in ajv's path, but in its parameters. */
const namedField = ({ keyword, params }: ErrorObject): string | undefined => {
  const { missingProperty, additionalProperty } = params as Record<string, string | undefined>
  return keyword === 'required'
    ? missingProperty
    : keyword === 'additionalProperties'
      ? additionalProperty
      : undefined
}

const detailOf = (error: ErrorObject): string => {
  if (error.keyword === 'additionalProperties') return 'is not a field of this object'
  if (error.keyword === 'required') return 'is required'
  if (error.keyword === 'enum') {
    return `must be one of ${(error.params as { allowedValues: unknown[] }).allowedValues.join(', ')}`
  }
  const told = error.keyword === 'pattern' && wordsForPattern[(error.params as { pattern: string }).pattern]
  return told || (error.message ?? 'is not valid')
}

/** RFC 6901 §3 */
const escape = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')

/**
 * What Fastify is told to make of schemas that are already JSON Schema. It asks for a compiler with every route, and all
 * routes share one, as they are compiled when all schemas are known.
 */
export const schemaController = (): NonNullable<FastifyServerOptions['schemaController']> => {
  let validator: FastifySchemaCompiler<JsonSchema> | undefined
  return {
    compilersFactory: {
      buildValidator: ((shared: Record<string, JsonSchema>) =>
        (validator ??= buildValidator(shared))) as never,
      buildSerializer: buildSerializer as never,
    },
  }
}

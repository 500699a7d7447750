import { isUtf8 } from 'node:buffer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../errors.ts'

const unreadable = (detail: string) => new Problem('malformed_request', detail)

/**
 * Reads JSON and refuses, with 400, what PostgreSQL or a reader further on would stumble over:
 * bytes that are not UTF-8, NUL, halves of surrogate pairs, and keys that would change an object's prototype.
 */
export const addJsonParser = (app: FastifyInstance): void => {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer' },
    (request: FastifyRequest, body: Buffer, done) => {
      if (body.length === 0) {
        done(null, undefined)
        return
      }
      if (!isUtf8(body)) {
        done(unreadable('The body is not UTF-8.'))
        return
      }
      const text = body.toString('utf8')
      void parse(request, text, (error, value) => {
        if (error) done(unreadable('The body is not valid JSON.'))
        else if (text.includes('\\u') && !isCleanText(value))
          done(unreadable('The body holds NUL or half of a surrogate pair.'))
        else done(null, value)
      })
    },
  )
}

/** Only an escape can smuggle NUL or a lone surrogate into valid UTF-8 JSON, so only then is the value walked. */
const isCleanText = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => isCleanText(key) && isCleanText(inner))
}

import { isUtf8 } from 'node:buffer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parse as parseFields } from 'node:querystring'
import { Problem } from '../errors.ts'
import { isCleanText, inNfc } from '../text.ts'

const unreadable = (detail: string) => new Problem('malformed_request', detail)

/**
 * Reads JSON and refuses, with 400, what PostgreSQL or a reader further on would stumble over:
 * bytes that are not UTF-8, NUL, halves of surrogate pairs, and keys that would change an object's prototype.
 * From here on all text is in NFC: what looks alike compares alike, whichever way it was typed.
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
        // Only an escape can smuggle NUL or a lone surrogate into UTF-8; ASCII is in NFC.
        else if (text.includes('\\u') && !isCleanText(value))
          done(unreadable('The body holds NUL or half of a surrogate pair.'))
        else done(null, text.length === body.length && !text.includes('\\u') ? value : inNfc(value))
      })
    },
  )
}

/** Fields of a form or a query, in NFC; what is not percent-encoded is ASCII. */
export const readFields = (text: string): Record<string, unknown> => {
  const fields = parseFields(text)
  return text.includes('%') ? (inNfc(fields) as Record<string, unknown>) : fields
}

/** Reads forms; bytes that are not UTF-8 become replacement characters. */
export const addFormParser = (app: FastifyInstance): void => {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request: FastifyRequest, body: string, done) => {
      const fields = readFields(body)
      if (isCleanText(fields)) done(null, fields)
      else done(unreadable('The form holds NUL.'))
    },
  )
}

import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Ctx } from '../platform/context.ts'
import { Problem } from '../platform/errors.ts'
import { sha256 } from '../platform/sealing.ts'
import { fieldsOf } from './own-forms.ts'

/** Stands in a form whose button, pressed twice, is to do one thing. */
export const Once = () => <input type="hidden" name="once" value={randomUUID()} />

/** Nothing of what was done is kept but that it was: it may hold a secret. */
const render = () => ({ status: 303, headers: {}, body: null })

/**
 * Does what a form asks for, once for each time the form was loaded and for what was typed: who goes back and mends it
 * sends another one. A second press while the first is being carried out counts as that one.
 * @returns what came of it; null where it was pressed before
 */
export const actOnce = async <Result,>(
  ctx: Ctx,
  request: FastifyRequest,
  act: (ctx: Ctx) => Promise<Result>,
): Promise<Result | null> => {
  const asked = [request.url, Object.entries(fieldsOf(request)).sort()]
  const key = sha256(JSON.stringify(asked)).toString('base64url')
  try {
    return await act({ ...ctx, replayable: { key, fingerprint: key, render } })
  } catch (error) {
    if (error instanceof Problem && isAgain.has(error.code)) return null
    throw error
  }
}

const isAgain: ReadonlySet<string> = new Set(['secret_shown_once', 'request_in_flight'])

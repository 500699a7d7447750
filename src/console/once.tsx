import { randomUUID } from 'node:crypto'
import type { Ctx } from '../platform/context.ts'
import { Replay } from '../platform/database/idempotency.ts'
import { Problem } from '../platform/errors.ts'
import { sha256 } from '../platform/sealing.ts'
import type { Fields } from './own-forms.ts'

/** Stands in a form whose button, pressed twice, is to do one thing. */
export const Once = () => <input type="hidden" name="once" value={randomUUID()} />

/**
 * Does what a form asks for, once for each time the form was loaded and for what was typed: who goes back and mends it
 * sends another one. A second press while the first is being carried out counts as that one.
 */
export const actOnce = async (
  ctx: Ctx,
  fields: Fields,
  act: (ctx: Ctx) => Promise<unknown>,
): Promise<void> => {
  const key = sha256(JSON.stringify(Object.entries(fields).sort())).toString('base64url')
  const render = () => ({ status: 303, headers: {}, body: '' })
  try {
    await act({ ...ctx, replayable: { key, fingerprint: key, render } })
  } catch (error) {
    const isAgain =
      error instanceof Replay || (error instanceof Problem && error.code === 'request_in_flight')
    if (!isAgain) throw error
  }
}

import type { FastifyInstance } from 'fastify'
import { newPersonalToken } from '../access/contract-people.ts'
import { createPersonalToken } from '../access/create-personal-token.ts'
import { listPersonalTokens } from '../access/list-personal-tokens.ts'
import { revokePersonalToken } from '../access/revoke-personal-token.ts'
import { unfilled, type Filled } from './field.tsx'
import { isFresh } from './fresh-sign-in.tsx'
import { addInsideForm, addInsidePage, type Shown, type Visit } from './inside.tsx'
import { actOnce } from './once.tsx'
import { idIn, type Fields } from './own-forms.ts'
import { faultsOfKey, tickedScopes } from './scope-boxes.tsx'
import { madeAlready, shownOnce } from './shown-once.tsx'
import { tokensPage } from './tokens-page.tsx'

/** One's own keys to the API. They are made here alone: a key that leaks is to breed no others. */
export const addTokenPages = (app: FastifyInstance): void => {
  addInsidePage(app, '/tokens', (visit) => show(visit))
  addInsideForm(app, '/tokens', make)
  addInsideForm(app, '/tokens/revoke', async ({ ctx }, { token }) => {
    await revokePersonalToken(ctx, idIn('personalToken', token))
    return '/tokens'
  })
}

const show = async (visit: Visit, filled: Filled = unfilled): Promise<Shown> =>
  tokensPage(visit.signedIn, { tokens: await listPersonalTokens(visit.ctx), isFresh: isFresh(visit), filled })

const make = async (visit: Visit, fields: Fields): Promise<string | Shown> => {
  if (!isFresh(visit)) return '/tokens'
  const typed = {
    name: (fields['name'] ?? '').trim(),
    scopes: tickedScopes(fields).filter((scope) => visit.signedIn.actor.scopes.has(scope)),
    days: Number(fields['days']),
  }
  const read = newPersonalToken.safeParse(typed)
  if (!read.success) return show(visit, { typed: fields, faults: faultsOfKey(read.error.issues) })
  const made = await actOnce(visit.ctx, visit.request, (once) => createPersonalToken(once, read.data))
  if (made === null)
    return madeAlready({
      title: `The token ${read.data.name} is made already`,
      otherwise: 'If you did not copy it, end it in the list, and make another one.',
      next: { path: '/tokens', label: 'To your personal tokens' },
    })
  return shownOnce({
    title: `The token ${read.data.name}`,
    into: 'the script',
    values: [{ term: 'Token', value: made.token }],
    next: '/tokens',
  })
}

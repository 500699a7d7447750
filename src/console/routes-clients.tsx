import type { FastifyInstance } from 'fastify'
import { createClient as contract, listClients as listContract } from '../access/contract-clients.ts'
import { createClient } from '../access/create-client.ts'
import { getClient } from '../access/get-client.ts'
import { listClients } from '../access/list-clients.ts'
import { ownOwner } from '../access/own-clients.ts'
import { revokeClient } from '../access/revoke-client.ts'
import { rotateClientSecret } from '../access/rotate-client-secret.ts'
import { scopesFor } from '../access/scopes.ts'
import { clientPage } from './client-page.tsx'
import { clientsPage } from './clients-page.tsx'
import { unfilled, type Filled } from './field.tsx'
import { isFresh } from './fresh-sign-in.tsx'
import { addInsideForm, addInsidePage, addWayBack, type Visit } from './inside.tsx'
import { actOnce } from './once.tsx'
import { idIn, type Fields } from './own-forms.ts'
import { faultsOfKey, tickedScopes } from './scope-boxes.tsx'
import { madeAlready, shownOnce } from './shown-once.tsx'

/** The API clients that act for a space, or for the network. */
export const addClientPages = (app: FastifyInstance): void => {
  addInsidePage(app, '/clients', (visit) => show(visit))
  addInsideForm(app, '/clients', make)
  addInsidePage(app, '/clients/:clientId', async (visit) =>
    clientPage(visit.signedIn, {
      client: await getClient(visit.ctx, clientIdOf(visit)),
      isFresh: isFresh(visit),
    }),
  )
  addWayBack(app, '/clients/:clientId/rotate-secret')
  addInsideForm(app, '/clients/:clientId/rotate-secret', rotate)
  addInsideForm(app, '/clients/:clientId/revoke', async (visit) => {
    await revokeClient(visit.ctx, clientIdOf(visit))
    return '/clients'
  })
}

const clientIdOf = ({ params }: Visit) => idIn('client', params['clientId'])

const show = async (visit: Visit, filled: Filled = unfilled) => {
  const { ctx, signedIn, request } = visit
  const asked = listContract.query.safeParse(request.query)
  const { data, nextCursor } = await listClients(ctx, asked.data ?? { limit: 50 })
  const owner = ownOwner(ctx) === 'network' ? 'network' : 'space'
  return clientsPage(signedIn, {
    clients: data,
    older: nextCursor,
    scopes: scopesFor(owner).filter((scope) => signedIn.actor.scopes.has(scope)),
    isFresh: isFresh(visit),
    filled,
  })
}

const make = async (visit: Visit, fields: Fields) => {
  if (!isFresh(visit)) return '/clients'
  const { ctx } = visit
  const read = contract.body.safeParse({ name: fields['name'] ?? '', scopes: tickedScopes(fields) })
  if (!read.success) return show(visit, { typed: fields, faults: faultsOfKey(read.error.issues) })
  const { name, scopes: held } = read.data
  const made = await actOnce(ctx, visit.request, (once) =>
    createClient(once, { name, scopes: held, owner: ownOwner(ctx) }),
  )
  if (made) return secretPage(made)
  return madeAlready({
    title: `${name} is made already`,
    otherwise: 'If you did not copy the secret, open the API client in the list, and make a new one.',
    next: { path: '/clients', label: 'To all API clients' },
  })
}

const rotate = async (visit: Visit, { hasLeaked }: Fields) => {
  const clientId = clientIdOf(visit)
  const path = `/clients/${clientId}`
  if (!isFresh(visit)) return path
  const made = await actOnce(visit.ctx, visit.request, (once) =>
    rotateClientSecret(once, clientId, { hasLeaked: hasLeaked === 'yes' }),
  )
  if (made) return secretPage(made)
  return madeAlready({
    title: 'The new secret is made already',
    otherwise: 'If you did not copy it, make another one.',
    next: { path, label: 'To the API client' },
  })
}

/** What was made just now; there is a secret, since the page makes no clients with keys. */
type WithSecret = Awaited<ReturnType<typeof rotateClientSecret>>

const secretPage = ({ clientId, name, clientSecret }: WithSecret) =>
  shownOnce({
    title: `The secret of ${name}`,
    into: 'the system that uses it',
    values: [
      { term: 'Client id', value: clientId },
      { term: 'Client secret', value: clientSecret },
    ],
    next: `/clients/${clientId}`,
  })

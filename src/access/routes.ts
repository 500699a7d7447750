import type { FastifyInstance, FastifyPluginCallback } from 'fastify'
import { nextLink } from '../platform/http/pages.ts'
import { addFormParser } from '../platform/http/parser.ts'
import { sendProblem } from '../platform/http/problems.ts'
import { serve } from '../platform/http/serve.ts'
import { changeRole } from './change-role.ts'
import * as people from './contract-people.ts'
import * as contract from './contract.ts'
import * as clients from './contract-clients.ts'
import { createClient } from './create-client.ts'
import { getAuthorizationServerMetadata } from './get-authorization-server-metadata.ts'
import { getClient } from './get-client.ts'
import { getJwks } from './get-jwks.ts'
import { getMe } from './get-me.ts'
import { handOverOwnership } from './hand-over-ownership.ts'
import { inviteManager } from './invite-manager.ts'
import { issueToken } from './issue-token.ts'
import { listClients } from './list-clients.ts'
import { listManagers } from './list-managers.ts'
import { asOAuthProblem } from './oauth-problem.ts'
import { ownOwner } from './own-clients.ts'
import { removeManager } from './remove-manager.ts'
import { revokeClient } from './revoke-client.ts'
import { rotateClientSecret } from './rotate-client-secret.ts'
import { setClientKeys } from './set-client-keys.ts'
import { withdrawInvitation } from './withdraw-invitation.ts'

/** RFC 6749 §5.1 */
const neverStored = () => ({ 'cache-control': 'no-store', pragma: 'no-cache' })

/** Short enough that a new key is known everywhere soon after it was added. */
const storedShortly = () => ({ 'cache-control': 'public, max-age=300' })

export const accessRoutes = (app: FastifyInstance): void => {
  serve(app, contract.getMe, (ctx) => getMe(ctx))
  serve(app, contract.getJwks, (ctx) => Promise.resolve(getJwks(ctx)), storedShortly)
  serve(
    app,
    contract.getAuthorizationServerMetadata,
    (ctx) => Promise.resolve(getAuthorizationServerMetadata(ctx)),
    storedShortly,
  )
  clientRoutes(app)
  peopleRoutes(app)
  void app.register(tokenRoutes)
}

const clientRoutes = (app: FastifyInstance): void => {
  serve(app, clients.listClients, (ctx, { query }) => listClients(ctx, query), nextLink)
  serve(app, clients.getClient, (ctx, { params }) => getClient(ctx, params.clientId))
  serve(app, clients.createClient, (ctx, { body }) => createClient(ctx, { ...body, owner: ownOwner(ctx) }))
  serve(app, clients.rotateClientSecret, (ctx, { params, body }) =>
    rotateClientSecret(ctx, params.clientId, body),
  )
  serve(app, clients.setClientKeys, (ctx, { params, body }) => setClientKeys(ctx, params.clientId, body))
  serve(app, clients.revokeClient, (ctx, { params }) => revokeClient(ctx, params.clientId))
}

const peopleRoutes = (app: FastifyInstance): void => {
  serve(app, people.listManagers, (ctx, { query }) => listManagers(ctx, query), nextLink)
  serve(app, people.inviteManager, (ctx, { body }) => inviteManager(ctx, body))
  serve(app, people.withdrawInvitation, (ctx, { body }) => withdrawInvitation(ctx, body))
  serve(app, people.changeRole, (ctx, { params, body }) => changeRole(ctx, params.managerId, body.role))
  serve(app, people.handOverOwnership, (ctx, { params }) => handOverOwnership(ctx, params.managerId))
  serve(app, people.removeManager, (ctx, { params }) => removeManager(ctx, params.managerId))
}

/** The token endpoint has a scope of its own: it alone reads forms, and only forms, and refuses in OAuth's words too. */
const tokenRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.removeAllContentTypeParsers()
  addFormParser(app)
  app.setErrorHandler((error, request, reply) =>
    sendProblem(asOAuthProblem(error), request, reply, app.deps.baseUrl),
  )
  serve(
    app,
    contract.issueToken,
    (ctx, { body, request: { headers, ip } }) =>
      issueToken(ctx, { authorization: headers.authorization, address: ip }, body),
    neverStored,
  )
  done()
}

import type { FastifyInstance, FastifyPluginCallback } from 'fastify'
import { nextLink } from '../platform/http/pages.ts'
import { addFormParser } from '../platform/http/parser.ts'
import { sendProblem } from '../platform/http/problems.ts'
import { serve } from '../platform/http/serve.ts'
import * as contract from './contract.ts'
import * as clientsContract from './contract-clients.ts'
import { createClient } from './create-client.ts'
import { getAuthorizationServerMetadata } from './get-authorization-server-metadata.ts'
import { getClient } from './get-client.ts'
import { getJwks } from './get-jwks.ts'
import { getMe } from './get-me.ts'
import { issueToken } from './issue-token.ts'
import { listClients } from './list-clients.ts'
import { asOAuthProblem } from './oauth-problem.ts'
import { ownOwner } from './own-clients.ts'
import { revokeClient } from './revoke-client.ts'
import { rotateClientSecret } from './rotate-client-secret.ts'
import { setClientKeys } from './set-client-keys.ts'

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
  void app.register(tokenRoutes)
}

const clientRoutes = (app: FastifyInstance): void => {
  serve(app, clientsContract.listClients, (ctx, { query }) => listClients(ctx, query), nextLink)
  serve(app, clientsContract.getClient, (ctx, { params }) => getClient(ctx, params.clientId))
  serve(app, clientsContract.createClient, (ctx, { body }) =>
    createClient(ctx, { ...body, owner: ownOwner(ctx) }),
  )
  serve(app, clientsContract.rotateClientSecret, (ctx, { params, body }) =>
    rotateClientSecret(ctx, params.clientId, body),
  )
  serve(app, clientsContract.setClientKeys, (ctx, { params, body }) =>
    setClientKeys(ctx, params.clientId, body),
  )
  serve(app, clientsContract.revokeClient, (ctx, { params }) => revokeClient(ctx, params.clientId))
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

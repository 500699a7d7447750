import type { FastifyInstance, FastifyPluginCallback } from 'fastify'
import { addFormParser } from '../platform/http/parser.ts'
import { sendProblem } from '../platform/http/problems.ts'
import { serve } from '../platform/http/serve.ts'
import * as contract from './contract.ts'
import { getAuthorizationServerMetadata } from './get-authorization-server-metadata.ts'
import { getJwks } from './get-jwks.ts'
import { getMe } from './get-me.ts'
import { issueToken } from './issue-token.ts'
import { asOAuthProblem } from './oauth-problem.ts'

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
  void app.register(tokenRoutes)
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
    (ctx, { body, request }) => issueToken(ctx, request.headers.authorization, body),
    neverStored,
  )
  done()
}

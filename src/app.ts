import { addEtags } from './platform/http/etags.ts'
import helmet from '@fastify/helmet'
import swaggerUi from '@fastify/swagger-ui'
import fastify, { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { accessRoutes } from './access/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { makeAuthenticate } from './access/authenticate.ts'
import { consoleRoutes } from './console/routes.tsx'
import { addBounds, withoutHost } from './platform/http/bounds.ts'
import { addHealth } from './platform/http/health.ts'
import { addRequestLog } from './platform/http/log.ts'
import { addJsonParser, readFields } from './platform/http/parser.ts'
import { addLimits, standardLimits, type Limits } from './platform/http/limits.ts'
import { addOpenApi } from './platform/http/openapi.ts'
import { addIdentity, type Authenticate } from './platform/http/requests.ts'
import { addProblemPages } from './platform/http/problem-pages.ts'
import { addProblems, sendProblem } from './platform/http/problems.ts'
import { answerUnreadable } from './platform/http/unreadable.ts'
import { bareHeaders, docsPolicy, safeHeaders } from './platform/http/safe-headers.ts'
import { schemaController } from './platform/http/validation.ts'
import type { Deps } from './platform/context.ts'
import { networkRoutes } from './network/routes.ts'
import { referralsRoutes } from './referrals/routes.ts'
import { reciprocityRoutes } from './reciprocity/routes.ts'
import { version } from './version.ts'
import { spacesRoutes } from './spaces/routes.ts'

const tags = [
  { name: 'Access', description: 'Tokens, and who I am.' },
  { name: 'Spaces', description: 'Profiles of coworking spaces, and finding one.' },
  { name: 'Network', description: 'Being taken in, vouching, and standing in the network.' },
  { name: 'Referrals', description: 'Sending a member to a better-fit space, and what becomes of it.' },
  { name: 'Reciprocity', description: 'What went out and what came back.' },
  { name: 'Audit', description: 'Who did what, and when.' },
]

interface AppOptions {
  readonly logger?: FastifyServerOptions['logger']
  readonly limits?: Limits
  /** Whose `X-Forwarded-For` is believed; nobody's, when absent. */
  readonly trustedProxies?: readonly string[]
}

/** Builds the server: plugins and rooms, one line each. It neither reads the environment nor listens. */
export const buildApp = async (deps: Deps, options: AppOptions = {}): Promise<FastifyInstance> => {
  const app = fastify({
    logger: options.logger ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => `req-${crypto.randomUUID()}`,
    trustProxy: [...(options.trustedProxies ?? [])],
    rewriteUrl: ({ url = '/' }) => withoutHost(url),
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 72_000,
    // Node looks for slow requests every 30 s by itself, which would make 15 s up to 45.
    http: { headersTimeout: 13_000, connectionsCheckingInterval: 1_000, requireHostHeader: false },
    return503OnClosing: false,
    clientErrorHandler: answerUnreadable(deps.baseUrl),
    routerOptions: { maxParamLength: 200, querystringParser: readFields },
    schemaController: schemaController(),
    frameworkErrors: (error, request, reply) => {
      sendProblem(error, request, reply.headers(bareHeaders(deps.baseUrl)), deps.baseUrl)
    },
  })
  app
    .decorate('deps', deps)
    .decorate('operations', new Map())
    .decorate('components', new Map())
    .decorate('draining', false)
  const authenticate: Authenticate = makeAuthenticate(deps)

  // First, so that a refusal by any of the others has these headers too.
  await app.register(helmet, safeHeaders(deps.baseUrl))
  addProblems(app, deps.baseUrl)
  addJsonParser(app)
  addRequestLog(app)
  addIdentity(app, authenticate)
  addLimits(app, options.limits ?? standardLimits)
  addBounds(app)
  await addEtags(app)
  await addOpenApi(app, { baseUrl: deps.baseUrl, version, tags })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: docsPolicy })

  addHealth(app)
  addProblemPages(app)
  accessRoutes(app)
  auditRoutes(app)
  spacesRoutes(app)
  networkRoutes(app)
  referralsRoutes(app)
  reciprocityRoutes(app)
  consoleRoutes(app)

  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
  return app
}

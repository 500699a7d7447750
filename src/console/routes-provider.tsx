import type { FastifyInstance, FastifyRequest } from 'fastify'
import { providerFault, providerOf } from '../access/provider.ts'
import { askProvider, signInByProvider, type Returned } from '../access/sign-in-by-provider.ts'
import { countTry } from '../access/sign-in-limits.ts'
import { Problem } from '../platform/errors.ts'
import { arrivingBrowser, bindBrowser, letIn, publicCtx } from './arriving.ts'
import { cookieOf } from './cookies.ts'
import { sendEntrance } from './entrance.tsx'
import { goTo } from './inside.tsx'
import { hidden } from './link-pages.ts'
import { home, returnPath, signInPath } from './return-path.ts'

const otherwise = 'Have a link sent to you instead.'

/** What is said of a way back that led to nothing, and with which status. */
const refusals: Readonly<Record<Exclude<Returned['kind'], 'in'>, [number, (provider: string) => string]>> = {
  over: [403, () => 'That sign-in was begun in another browser, or its time is over. Begin again here.'],
  unconfirmed: [403, (provider) => `${provider} did not confirm who you are. Try again. ${otherwise}`],
  unverified: [
    403,
    (provider) => `${provider} has not checked that your e-mail address is yours. ${otherwise}`,
  ],
  unknown: [
    403,
    (provider) => `Nobody here has the address that ${provider} gave us. You can apply to join below.`,
  ],
}

/** Of browsers that say so; `none` is an address that was typed, or a bookmark. */
const isFromElsewhere = ({ headers }: FastifyRequest): boolean =>
  /^(?:cross-site|same-site)$/.test(String(headers['sec-fetch-site']))

/** Signing in at another provider (OpenID Connect), where one is configured. */
export const addProviderPages = (app: FastifyInstance): void => {
  const { deps } = app
  // By GET, since a form may not lead to another site (`form-action 'self'`); it changes nothing but what it counts.
  app.get<{ Querystring: { return?: unknown } }>('/sign-in/provider', hidden, async (request, reply) => {
    const { name } = providerOf(deps)
    const returnTo = returnPath(request.query.return)
    // A link of another site signs nobody in behind their back: the page of ours is between.
    if (isFromElsewhere(request)) return goTo(reply, signInPath(returnTo))
    await countTry(deps, request.ip)
    const browser = bindBrowser(deps, request, reply)
    try {
      const url = await askProvider(publicCtx(deps, request), { browser, returnTo })
      return await goTo(reply, url.href)
    } catch (error) {
      if (error instanceof Problem) throw error
      request.log.warn({ code: providerFault(error) }, 'the sign-in provider could not be asked')
      const said = `${name} does not answer just now. ${otherwise}`
      return sendEntrance(deps, reply, 503, { returnTo, said })
    }
  })
  app.get('/sign-in/provider/return', hidden, async (request, reply) => {
    const { name } = providerOf(deps)
    const query = new URL(request.url, deps.baseUrl).searchParams
    const token = cookieOf(deps, request, 'waggle-sign-in') ?? ''
    const browser = { token, ...arrivingBrowser(deps, request) }
    const returned = await signInByProvider(publicCtx(deps, request), query, browser)
    if (returned.kind === 'in') return letIn(deps, reply, returned.signedIn)
    if (returned.kind === 'unconfirmed')
      request.log.warn({ code: returned.fault }, 'the sign-in provider did not confirm somebody')
    const [status, say] = refusals[returned.kind]
    return sendEntrance(deps, reply, status, { returnTo: home, said: say(name) })
  })
}

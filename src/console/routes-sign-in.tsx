import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { askForLink } from '../access/ask-for-link.ts'
import { askForLinkHere, lookAtLink, signInByLink, type LinkState } from '../access/sign-in-by-link.ts'
import { countMail, countTry } from '../access/sign-in-limits.ts'
import type { Deps } from '../platform/context.ts'
import { Problem } from '../platform/errors.ts'
import { arrivingBrowser, bindBrowser, letIn, publicCtx } from './arriving.ts'
import { cookieOf } from './cookies.ts'
import { sendEntrance } from './entrance.tsx'
import { goTo, signedInWith } from './inside.tsx'
import { hidden, type LinkRoute } from './link-pages.ts'
import { fieldsOf, requireOwnSite } from './own-forms.ts'
import { returnPath } from './return-path.ts'
import { sendOutside } from './send-page.ts'
import { LinkGonePage, LinkPage, LinkSentPage, OtherBrowserPage } from './sign-in-page.tsx'

/** Signing in by a mailed link. Nothing here tells whether an address is known. */
export const addSignInPages = (app: FastifyInstance): void => {
  const { deps } = app
  app.get<{ Querystring: { return?: unknown } }>('/sign-in', hidden, async (request, reply) => {
    const returnTo = returnPath(request.query.return)
    if (await signedInWith(deps, request)) return goTo(reply, returnTo)
    return sendEntrance(deps, reply, 200, { returnTo })
  })
  app.post('/sign-in', hidden, async (request, reply) => {
    requireOwnSite(request, deps.baseUrl)
    const { email = '', ...fields } = fieldsOf(request)
    const returnTo = returnPath(fields['return'])
    if (!isAddress(email.trim()))
      return sendEntrance(deps, reply, 422, { returnTo, typed: email.slice(0, 254) })
    await countTry(deps, request.ip)
    await countMail(deps, email.trim())
    const browser = bindBrowser(deps, request, reply)
    await askForLink(publicCtx(deps, request), { email: email.trim(), browser, returnTo })
    return goTo(reply, '/sign-in/sent')
  })
  app.get('/sign-in/sent', hidden, (_request, reply) => sendOutside(reply, 200, <LinkSentPage />))
  addLinkPages(app)
}

const addLinkPages = (app: FastifyInstance) => {
  const { deps } = app
  app.get<LinkRoute>('/sign-in/link/:token', hidden, async (request, reply) => {
    const { token } = request.params
    return sendState(reply, token, await stateOf(deps, request, token), 200)
  })
  app.post<LinkRoute>('/sign-in/link/:token', hidden, async (request, reply) => {
    requireOwnSite(request, deps.baseUrl)
    await countTry(deps, request.ip)
    const { token } = request.params
    const browser = cookieOf(deps, request, 'waggle-sign-in')
    if (browser === undefined) return sendState(reply, token, await stateOf(deps, request, token), 403)
    try {
      const ctx = publicCtx(deps, request)
      const arriving = { token: browser, ...arrivingBrowser(deps, request) }
      return await letIn(deps, reply, await signInByLink(ctx, token, arriving))
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'gone') throw error
      return sendState(reply, token, await stateOf(deps, request, token), 403)
    }
  })
  app.post<LinkRoute>('/sign-in/link/:token/again', hidden, async (request, reply) => {
    requireOwnSite(request, deps.baseUrl)
    await countTry(deps, request.ip)
    const { token } = request.params
    if ((await stateOf(deps, request, token)) === 'gone') return sendState(reply, token, 'gone', 410)
    await askForLinkHere(publicCtx(deps, request), token, bindBrowser(deps, request, reply))
    return goTo(reply, '/sign-in/sent')
  })
}

const stateOf = (deps: Deps, request: FastifyRequest, token: string): Promise<LinkState> =>
  lookAtLink(deps, token, cookieOf(deps, request, 'waggle-sign-in'))

const sendState = (reply: FastifyReply, token: string, state: LinkState, status: number) => {
  if (state === 'gone') return sendOutside(reply, 410, <LinkGonePage />)
  return sendOutside(
    reply,
    status,
    state === 'good' ? <LinkPage token={token} /> : <OtherBrowserPage token={token} />,
  )
}

/** One @, something on both sides, no blanks: whether it exists the mail will show. */
const isAddress = (text: string) => text.length <= 254 && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(text)

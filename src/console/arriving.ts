import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SignedInBy } from '../access/sign-in-by-link.ts'
import { newBrowserToken } from '../access/sign-in-token.ts'
import { hour } from '../platform/clock.ts'
import type { Ctx, Deps } from '../platform/context.ts'
import { cookieOf, keepSession, setCookie } from './cookies.ts'
import { goTo } from './inside.tsx'
import { returnPath } from './return-path.ts'

/** What every way in has in common: nobody yet, a browser that is known again, and the door. */

export const publicCtx = (deps: Deps, request: FastifyRequest): Ctx => ({
  ...deps,
  actor: { kind: 'public', id: 'public' },
  requestId: request.id,
})

/** A browser keeps its token over several tries, so that of two links that it asked for both work. */
export const bindBrowser = (deps: Deps, request: FastifyRequest, reply: FastifyReply): string => {
  const browser = cookieOf(deps, request, 'waggle-sign-in') ?? newBrowserToken()
  setCookie(deps, reply, 'waggle-sign-in', browser, hour)
  return browser
}

/** The browser as a session is told of it. */
export const arrivingBrowser = (deps: Deps, request: FastifyRequest) => ({
  userAgent: request.headers['user-agent'],
  sessionToken: cookieOf(deps, request, 'waggle'),
})

export const letIn = (deps: Deps, reply: FastifyReply, { session, returnTo }: SignedInBy) => {
  keepSession(deps, reply, session)
  return goTo(reply, returnPath(returnTo))
}

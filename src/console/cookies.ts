import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../platform/context.ts'
import { second } from '../platform/clock.ts'

/** What a browser keeps for us: its session, and what binds a sign-in that it has begun to it. */
type Kept = 'waggle' | 'waggle-sign-in'

/** The prefix makes the browser refuse a cookie that another host of the domain has set (RFC 6265bis). It needs https. */
const nameOf = ({ baseUrl }: Pick<Deps, 'baseUrl'>, kept: Kept) =>
  isHttps(baseUrl) ? `__Host-${kept}` : kept

const isHttps = (baseUrl: string) => baseUrl.startsWith('https:')

const flagsOf = ({ baseUrl }: Pick<Deps, 'baseUrl'>) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps(baseUrl) }) as const

/** A token of ours is 256 bits in base64url; anything else was not set by us. */
const token = /^[\w-]{43}$/

export const cookieOf = (
  deps: Pick<Deps, 'baseUrl'>,
  request: FastifyRequest,
  kept: Kept,
): string | undefined => {
  const value = request.cookies[nameOf(deps, kept)]
  return value !== undefined && token.test(value) ? value : undefined
}

/** @param keptFor milliseconds */
export const setCookie = (
  deps: Pick<Deps, 'baseUrl'>,
  reply: FastifyReply,
  kept: Kept,
  value: string,
  keptFor: number,
): void => {
  reply.setCookie(nameOf(deps, kept), value, { ...flagsOf(deps), maxAge: Math.floor(keptFor / second) })
}

export const clearCookie = (deps: Pick<Deps, 'baseUrl'>, reply: FastifyReply, kept: Kept): void => {
  reply.clearCookie(nameOf(deps, kept), flagsOf(deps))
}

/** Signs the browser in with the token of `startSession`. */
export const keepSession = (
  deps: Pick<Deps, 'baseUrl' | 'policy'>,
  reply: FastifyReply,
  session: string,
): void => {
  setCookie(deps, reply, 'waggle', session, deps.policy.session)
  clearCookie(deps, reply, 'waggle-sign-in')
}

import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { findSession, type SignedIn } from '../access/find-session.ts'
import type { Ctx, Deps } from '../platform/context.ts'
import { clearCookie, cookieOf } from './cookies.ts'
import { InsidePage } from './inside-page.tsx'
import { hidden } from './link-pages.ts'
import { fieldsOf, requireFormToken, requireOwnSite, type Fields } from './own-forms.ts'
import { home, signInPath } from './return-path.ts'
import { sendPage } from './send-page.ts'

/** Somebody who is signed in looks at a page, or sends one of its forms. */
export interface Visit {
  /** What verbs are called with: as the person, for the place that the session shows. */
  readonly ctx: Ctx
  readonly signedIn: SignedIn
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** The variable parts of the address. */
  readonly params: Fields
}

/** What a page shows within its frame. */
export interface Shown {
  readonly title: string
  readonly lead?: ComponentChildren
  readonly body: ComponentChildren
  /** 200, when absent. */
  readonly status?: number
  /** The path of a script of ours that it works with. */
  readonly script?: string
}

/** What a script of ours is told instead of a page. */
export interface Told {
  readonly told: object
}

/** Serves a page for people who are signed in; whoever is not is asked to, and comes back to it. */
export const addInsidePage = (
  app: FastifyInstance,
  path: string,
  show: (visit: Visit) => Shown | Promise<Shown>,
): void => {
  app.get(path, hidden, async (request, reply) => {
    const visit = await visitOf(app.deps, request, reply)
    if (!visit) return goTo(reply, signInPath(request.url))
    return send(visit, await show(visit))
  })
}

/**
 * Serves one form of such a page: it must come from our own site and carry the token of this session.
 * @param act tells where the browser goes next, or what it is shown instead (with its status)
 */
export const addInsideForm = (
  app: FastifyInstance,
  path: string,
  act: (visit: Visit, fields: Fields) => Promise<string | Shown | Told>,
): void => {
  app.post(path, hidden, async (request, reply) => {
    requireOwnSite(request, app.deps.baseUrl)
    const visit = await visitOf(app.deps, request, reply)
    if (!visit) return goTo(reply, signInPath(home))
    const fields = fieldsOf(request)
    requireFormToken(fields, visit.signedIn.formToken)
    const next = await act(visit, fields)
    if (typeof next === 'string') return goTo(reply, next)
    return 'told' in next ? tell(reply, next.told) : send(visit, next)
  })
}

/** For a form that answers with a page: a browser that loads it again, without the form, comes to the page above. */
export const addWayBack = (app: FastifyInstance, path: string): void => {
  app.get(path, hidden, ({ url }, reply) => goTo(reply, url.slice(0, url.lastIndexOf('/'))))
}

/** A file that is sent as it comes about. */
interface Download {
  readonly name: string
  readonly type: string
  readonly pieces: AsyncIterable<string>
}

/** Serves a file for people who are signed in, to be kept where they say. */
export const addInsideFile = (
  app: FastifyInstance,
  path: string,
  make: (visit: Visit) => Promise<Download>,
): void => {
  app.get(path, hidden, async (request, reply) => {
    const visit = await visitOf(app.deps, request, reply)
    if (!visit) return goTo(reply, signInPath(home))
    const { name, type, pieces } = await make(visit)
    return reply
      .headers({ 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' })
      .type(`${type}; charset=utf-8`)
      .send(Readable.from(pieces))
  })
}

/** The person behind the cookie; null without one that holds. */
export const signedInWith = async (deps: Deps, request: FastifyRequest): Promise<SignedIn | null> => {
  const token = cookieOf(deps, request, 'waggle')
  return token === undefined ? null : findSession(deps, token)
}

const visitOf = async (deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<Visit | null> => {
  const signedIn = await signedInWith(deps, request)
  if (!signedIn) {
    clearCookie(deps, reply, 'waggle')
    return null
  }
  const ctx: Ctx = { ...deps, actor: signedIn.actor, requestId: request.id }
  return { ctx, signedIn, request, reply, params: request.params as Fields }
}

/** To another page by GET, so that loading it again sends no form twice. */
export const goTo = (reply: FastifyReply, path: string) =>
  reply.header('cache-control', 'no-store').redirect(path, 303)

export const tell = (reply: FastifyReply, told: object) =>
  reply.header('cache-control', 'no-store').send(told)

const send = ({ signedIn, request, reply }: Visit, { status = 200, body, script, ...head }: Shown) => {
  const path = request.url.split('?', 1)[0] ?? ''
  return sendPage(
    reply,
    status,
    <InsidePage {...{ signedIn, path }} {...head} {...(script !== undefined && { script })}>
      {body}
    </InsidePage>,
    { script: script !== undefined, tellsOrigin: true },
  )
}

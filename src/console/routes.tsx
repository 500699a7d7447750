import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx, Deps } from '../platform/context.ts'
import { Problem } from '../platform/errors.ts'
import { problemOf } from '../platform/http/problems.ts'
import {
  grantConsent,
  openLink,
  refuseConsent,
  revokeConsent,
  type LinkTarget,
} from '../referrals/member-consent.ts'
import type { LinkKind } from '../members/link.ts'
import { readWholeReferral, type WholeReferral } from '../referrals/whole-referral.ts'
import { addAssets } from './assets.ts'
import { InvitationPage } from './invitation-page.tsx'
import { MemberPage } from './member-page.tsx'
import { RefusalPage } from './refusal-page.tsx'
import { sendPage } from './send-page.ts'

interface LinkRoute {
  Params: { token: string }
}

const hidden = { schema: { hide: true } }

/** The pages that open by a link, and what they are drawn with. None of them is part of the API's contract. */
export const consoleRoutes = (app: FastifyInstance): void => {
  addAssets(app)
  app.register(async (pages) => {
    pages.setErrorHandler(refuse)
    await pages.register(formbody)
    addMemberPages(pages)
    addInvitationPage(pages)
  })
}

const answers = { grant: grantConsent, refuse: refuseConsent, revoke: revokeConsent } as const

const addMemberPages = (app: FastifyInstance) => {
  const { deps } = app
  app.get<LinkRoute>('/m/:token', hidden, async ({ params }, reply) => {
    const whole = await shownBy(deps, 'member', params.token)
    // A draft is the sender's own affair: the member has not been asked yet.
    if (whole.card.submittedAt === null) throw new Problem('gone')
    return sendPage(
      reply,
      200,
      <MemberPage whole={whole} path={`/m/${params.token}`} now={deps.clock.now()} />,
    )
  })
  for (const [name, verb] of Object.entries(answers)) {
    app.post<LinkRoute>(`/m/:token/${name}`, hidden, async (request, reply) => {
      if (isFromElsewhere(request, deps.baseUrl)) return refuseForeign(request, reply)
      const target = await openLink(deps, 'member', request.params.token)
      await verb(memberCtx(deps, request, target), target).catch(tellInstead)
      return reply.header('cache-control', 'no-store').redirect(`/m/${request.params.token}`, 303)
    })
  }
}

const addInvitationPage = (app: FastifyInstance) => {
  app.get<LinkRoute>('/i/:token', hidden, async ({ params }, reply) => {
    const whole = await shownBy(app.deps, 'invitation', params.token)
    if (whole.card.status !== 'draft') throw new Problem('gone')
    return sendPage(reply, 200, <InvitationPage whole={whole} />)
  })
}

const shownBy = async (deps: Deps, kind: LinkKind, token: string): Promise<WholeReferral> => {
  const whole = await readWholeReferral(deps, await openLink(deps, kind, token))
  if (!whole) throw new Problem('gone')
  return whole
}

const memberCtx = (deps: Deps, request: FastifyRequest, { referralId }: LinkTarget): Ctx => ({
  ...deps,
  actor: { kind: 'member', id: referralId },
  requestId: request.id,
})

/** An answer that comes twice or too late is no fault of the reader's: the page tells how things stand. */
const tellInstead = (error: unknown) => {
  const code = error instanceof Problem ? error.code : null
  if (code !== 'illegal_transition' && code !== 'gone') throw error
}

/**
 * Whether a form on another site sent this. The path is a secret already; this is the second lock. Our own pages send
 * no referrer, so browsers say `Origin: null` for them (Fetch, "append a request Origin header").
 */
const isFromElsewhere = ({ headers }: FastifyRequest, baseUrl: string): boolean => {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const { origin } = headers
  return origin !== undefined && origin !== 'null' && origin !== new URL(baseUrl).origin
}

const refuseForeign = (request: FastifyRequest, reply: FastifyReply) =>
  sendPage(reply, 403, <RefusalPage status={403} requestId={request.id} />)

const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
  const problem = problemOf(error)
  if (problem.status >= 500)
    request.log.error({ err: problem.code === 'internal_error' ? error : problem.cause }, problem.code)
  reply.headers(problem.extras.headers ?? {})
  return sendPage(
    reply,
    problem.status,
    <RefusalPage status={problem.status} code={problem.code} requestId={request.id} />,
  )
}

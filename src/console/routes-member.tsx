import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { wordingIn } from '../events/wording.ts'
import type { MemberExport } from '../members/contract.ts'
import type { Ctx, Deps } from '../platform/context.ts'
import { Problem } from '../platform/errors.ts'
import { exportMember } from '../referrals/export-member.ts'
import { openLink, type LinkTarget } from '../referrals/member-consent.ts'
import { renewOwnLink } from '../referrals/renew-member-link.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import { askedLanguage, inLanguage, languageFor } from './languages.tsx'
import { hidden, shownBy, type LinkRoute } from './link-pages.ts'
import type { Fault } from './member-offer.tsx'
import { offersOf, type Act } from './member-offers.ts'
import { LinkStoppedPage } from './member-link.tsx'
import { MemberPage } from './member-page.tsx'
import { reportings } from './member-reporting.ts'
import type { Reader } from './reader.ts'
import { RefusalPage } from './refusal-page.tsx'
import { sendPage } from './send-page.ts'

interface FormRoute extends LinkRoute {
  Body: Readonly<Record<string, unknown>> | null | undefined
}

/** The page of the member, and one address for each form on it. */
export const addMemberPages = (app: FastifyInstance): void => {
  const { deps } = app
  app.get<LinkRoute>('/m/:token', hidden, async (request, reply) => {
    const target = await openLink(deps, 'member', request.params.token)
    const whole = await shownBy(deps, 'member', target)
    return sendPage(reply, 200, pageOf(deps, request, whole, null))
  })
  app.get<LinkRoute>('/m/:token/export', hidden, async (request, reply) => {
    const target = await openLink(deps, 'member', request.params.token)
    const whole = await shownBy(deps, 'member', target)
    return sendFile(reply, await exportMember(deps, whole, target.expiresAt))
  })
  addRenewal(app)
  for (const name of Object.keys(reportings) as Act['name'][]) {
    // Where a browser stands after a fault: loading that again asks with GET.
    app.get<LinkRoute>(`/m/:token/${name}`, hidden, toPage)
    app.post<FormRoute>(`/m/:token/${name}`, hidden, async (request, reply) => {
      if (isFromElsewhere(request, deps.baseUrl)) return refuseForeign(request, reply)
      const target = await openLink(deps, 'member', request.params.token)
      const whole = await shownBy(deps, 'member', target)
      const typed = typedIn(request.body)
      const { wording } = readerOf(deps, request, whole)
      const pressed = { ctx: memberCtx(deps, request, target), target, whole, wording, typed }
      const said = await reportings[name](pressed).catch(tellInstead)
      if (said !== null && isOffered(deps, whole, name)) {
        return sendPage(reply, 422, pageOf(deps, request, whole, { name, typed, said }))
      }
      return toPage(request, reply)
    })
  }
}

/** The link that brought the member here is replaced; the answer is the last page that it opens. */
const addRenewal = (app: FastifyInstance): void => {
  const { deps } = app
  app.get<LinkRoute>('/m/:token/renew-link', hidden, toPage)
  app.post<LinkRoute>('/m/:token/renew-link', hidden, async (request, reply) => {
    if (isFromElsewhere(request, deps.baseUrl)) return refuseForeign(request, reply)
    const { token } = request.params
    const target = await openLink(deps, 'member', token)
    const whole = await shownBy(deps, 'member', target)
    try {
      await renewOwnLink(memberCtx(deps, request, target), target, token)
    } catch (error) {
      tellInstead(error)
      return toPage(request, reply)
    }
    return sendPage(reply, 200, <LinkStoppedPage wording={readerOf(deps, request, whole).wording} />)
  })
}

type Request = FastifyRequest<LinkRoute>

/** For the one who holds the link, like the page: no cache keeps it, no other site learns where it came from. */
const sendFile = (reply: FastifyReply, file: MemberExport) =>
  reply
    .headers({
      'content-disposition': `attachment; filename="waggle-${file.referralId}.json"`,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
    })
    .type('application/json; charset=utf-8')
    .send(`${JSON.stringify(file, null, 2)}\n`)

const toPage = (request: Request, reply: FastifyReply) => {
  const path = `/m/${encodeURIComponent(request.params.token)}`
  return reply.header('cache-control', 'no-store').redirect(inLanguage(path, askedLanguage(request)), 303)
}

const pageOf = (deps: Deps, request: Request, whole: WholeReferral, fault: Fault | null) => {
  const asked = askedLanguage(request)
  const actionOf = (name: Act['name']) => inLanguage(`/m/${request.params.token}/${name}`, asked)
  const filePath = `/m/${request.params.token}/export`
  const renewPath = inLanguage(`/m/${request.params.token}/renew-link`, asked)
  const reader = readerOf(deps, request, whole)
  return <MemberPage {...{ whole, actionOf, filePath, renewPath, reader, fault }} />
}

const readerOf = (deps: Deps, request: Request, { card }: WholeReferral): Reader => ({
  ...bearingsOf(deps),
  wording: wordingIn(languageFor(request, card.memberLanguage)),
})

const bearingsOf = ({ policy, clock }: Deps) => ({ policy, now: clock.now() })

/** A form has one field at most. */
const typedIn = (body: FormRoute['Body']): string => {
  const typed = body?.['at'] ?? body?.['on'] ?? body?.['stage']
  return typeof typed === 'string' ? typed.trim() : ''
}

/** Whether the page still has the form beside which a fault could be told. */
const isOffered = (deps: Deps, whole: WholeReferral, name: Act['name']) =>
  offersOf(whole, bearingsOf(deps)).some(({ acts }) => acts.some((act) => act.name === name))

const memberCtx = (deps: Deps, request: FastifyRequest, { referralId }: LinkTarget): Ctx => ({
  ...deps,
  actor: { kind: 'member', id: referralId },
  requestId: request.id,
})

/** An answer that comes twice or too late is no fault of the reader's: the page tells how things stand. */
const tellInstead = (error: unknown): null => {
  const code = error instanceof Problem ? error.code : null
  if (code !== 'illegal_transition' && code !== 'gone') throw error
  return null
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
  sendPage(
    reply,
    403,
    <RefusalPage status={403} requestId={request.id} language={languageFor(request, null)} />,
  )

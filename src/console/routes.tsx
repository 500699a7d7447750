import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { millisOf } from '../platform/clock.ts'
import { addFormParser } from '../platform/http/parser.ts'
import { problemOf } from '../platform/http/problems.ts'
import { openLink } from '../referrals/member-consent.ts'
import type { Language } from '../words/language.ts'
import { addAssets } from './assets.ts'
import { refuseInside } from './inside-refusal.tsx'
import { InvitationPage } from './invitation-page.tsx'
import { languageFor } from './languages.tsx'
import { hidden, shownBy, type LinkRoute } from './link-pages.ts'
import { RefusalPage } from './refusal-page.tsx'
import { addApplicationPages } from './routes-applications.tsx'
import { addConfirmPages } from './routes-confirm.tsx'
import { addJoinPages } from './routes-join.tsx'
import { addClientPages } from './routes-clients.tsx'
import { addPasskeyPages } from './routes-passkeys.tsx'
import { addOwnPages } from './routes-inside.tsx'
import { addLogPages } from './routes-log.tsx'
import { addMemberPages } from './routes-member.tsx'
import { addProviderPages } from './routes-provider.tsx'
import { addReferPages } from './routes-refer.tsx'
import { addStandingPages } from './routes-standing.tsx'
import { addPeopleJoinPages } from './routes-people-join.tsx'
import { addPeoplePages } from './routes-people.tsx'
import { addTokenPages } from './routes-tokens.tsx'
import { addSignInPages } from './routes-sign-in.tsx'
import { sendPage } from './send-page.ts'

/** The pages that open by a link, those for who is signed in, and what they are drawn with. None of them is part of the API's contract. */
export const consoleRoutes = (app: FastifyInstance): void => {
  addAssets(app)
  app.register((pages, _pagesOptions, pagesDone) => {
    pages.setErrorHandler(refuseIn(() => ({})))
    addFormParser(pages)
    addInvitationPage(pages)
    // The member reads a refusal in their language as well, be there no referral to know it from.
    pages.register((ofMember, _options, done) => {
      ofMember.setErrorHandler(refuseIn((request) => ({ language: languageFor(request, null) })))
      addMemberPages(ofMember)
      done()
    })
    pagesDone()
  })
  app.register(insidePages)
}

/** Only here are cookies read: what the API answers depends on its token alone. */
const insidePages = async (pages: FastifyInstance) => {
  pages.setErrorHandler(refuseInside)
  addFormParser(pages)
  await pages.register(cookie)
  addSignInPages(pages)
  addJoinPages(pages)
  addConfirmPages(pages)
  addApplicationPages(pages)
  addStandingPages(pages)
  addOwnPages(pages)
  addReferPages(pages)
  addPeoplePages(pages)
  addPeopleJoinPages(pages)
  addTokenPages(pages)
  addClientPages(pages)
  addLogPages(pages)
  addPasskeyPages(pages)
  addProviderPages(pages)
}

const addInvitationPage = (app: FastifyInstance) => {
  app.get<LinkRoute>('/i/:token', hidden, async ({ params }, reply) => {
    const target = await openLink(app.deps, 'invitation', params.token)
    const whole = await shownBy(app.deps, 'invitation', target)
    const [worksUntil, now] = [millisOf(target.expiresAt), app.deps.clock.now()]
    return sendPage(reply, 200, <InvitationPage {...{ whole, worksUntil, now }} />)
  })
}

type Spoken = (request: FastifyRequest) => { readonly language?: Language }

const refuseIn = (spoken: Spoken) => (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
  const problem = problemOf(error)
  if (problem.status >= 500)
    request.log.error({ err: problem.code === 'internal_error' ? error : problem.cause }, problem.code)
  reply.headers(problem.extras.headers ?? {})
  return sendPage(
    reply,
    problem.status,
    <RefusalPage status={problem.status} code={problem.code} requestId={request.id} {...spoken(request)} />,
  )
}

import type { FastifyInstance } from 'fastify'
import { startSession } from '../access/start-session.ts'
import { confirmApplication, readConfirmable } from '../network/confirm-application.ts'
import { readUnscoped } from '../platform/database/door.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { isId } from '../platform/ids.ts'
import { arrivingBrowser, publicCtx } from './arriving.ts'
import { ConfirmedBeforePage, ConfirmedPage, ConfirmGonePage, ConfirmPage } from './confirm-page.tsx'
import { keepSession } from './cookies.ts'
import { goTo, signedInWith } from './inside.tsx'
import { hidden, unlessGone, type LinkRoute } from './link-pages.ts'
import { requireOwnSite } from './own-forms.ts'
import { sendOutside } from './send-page.ts'

/** Confirming an application by the mailed link. Opening it changes nothing; the button does. */
export const addConfirmPages = (app: FastifyInstance): void => {
  const { deps } = app
  app.get<LinkRoute>('/join/confirm/:token', hidden, (request, reply) =>
    unlessGone(reply, <ConfirmGonePage />, async () => {
      const { token } = request.params
      const { spaceName } = await readUnscoped(deps, (tx) => readConfirmable(deps, tx, token))
      return sendOutside(reply, 200, <ConfirmPage {...{ token, spaceName }} />)
    }),
  )
  app.post<LinkRoute>('/join/confirm/:token', hidden, (request, reply) =>
    unlessGone(reply, <ConfirmGonePage />, async () => {
      requireOwnSite(request, deps.baseUrl)
      const visitor = await signedInWith(deps, request)
      const ctx = publicCtx(deps, request)
      /*
       * The link is bound to no browser, unlike one to sign in: it is good for days, and may be forwarded. So it opens
       * only an account that did not exist before and holds nothing but this application. Whoever is known here, and
       * may have spaces already, signs in as always; and nobody who is signed in becomes somebody else by pressing it.
       */
      const confirmed = await confirmApplication(
        ctx,
        request.params.token,
        async (tx, { isNew, managerId }) =>
          isNew && !visitor ? startSession(ctx, tx, managerId, arrivingBrowser(deps, request)) : null,
      ).catch(orRefusal)
      if (confirmed instanceof Problem)
        return sendOutside(reply, confirmed.status, <ConfirmedBeforePage said={confirmed.message} />)
      const path = `/applications/${confirmed.id}`
      if (confirmed.also !== null) keepSession(deps, reply, confirmed.also)
      const isIn = confirmed.also !== null || visitor?.actor.id === confirmed.managerId
      return goTo(reply, isIn ? path : `/join/confirmed?application=${confirmed.id}`)
    }),
  )
  app.get<{ Querystring: { application?: unknown } }>('/join/confirmed', hidden, ({ query }, reply) => {
    const { application } = query
    if (typeof application !== 'string' || !isId('application', application)) throw notFound()
    return sendOutside(reply, 200, <ConfirmedPage application={application} />)
  })
}

/** Two mails for one space: what the refusal says is told on a page of its own. */
const orRefusal = (error: unknown): Problem => {
  if (error instanceof Problem && error.code === 'wrong_standing') return error
  throw error
}

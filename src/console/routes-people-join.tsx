import type { FastifyInstance, FastifyReply } from 'fastify'
import { acceptInvitation } from '../access/accept-invitation.ts'
import { chooseSpace } from '../access/choose-space.ts'
import { acceptance } from '../access/contract-people.ts'
import type { SignedIn } from '../access/find-session.ts'
import { readInvitation } from '../access/manager-invitation.ts'
import type { Deps } from '../platform/context.ts'
import { readUnscoped } from '../platform/database/door.ts'
import { Problem } from '../platform/errors.ts'
import { unfilled, type Filled } from './field.tsx'
import { goTo, signedInWith } from './inside.tsx'
import { hidden, unlessGone, type LinkRoute } from './link-pages.ts'
import { fieldsOf, requireFormToken, requireOwnSite } from './own-forms.ts'
import { home } from './return-path.ts'
import { sendOutside } from './send-page.ts'
import { PeopleJoinGonePage, PeopleJoinPage } from './people-join-page.tsx'

/** A colleague takes up an invitation. */
export const addPeopleJoinPages = (app: FastifyInstance): void => {
  const { deps } = app
  app.get<LinkRoute>('/people/join/:token', hidden, (request, reply) =>
    unlessGone(reply, <PeopleJoinGonePage />, async () => {
      const signedIn = await signedInWith(deps, request)
      return show(deps, reply, { token: request.params.token, signedIn, filled: unfilled, status: 200 })
    }),
  )
  app.post<LinkRoute>('/people/join/:token', hidden, (request, reply) =>
    unlessGone(reply, <PeopleJoinGonePage />, async () => {
      requireOwnSite(request, deps.baseUrl)
      const { token } = request.params
      const signedIn = await signedInWith(deps, request)
      if (!signedIn) return show(deps, reply, { token, signedIn, filled: unfilled, status: 403 })
      const typed = fieldsOf(request)
      requireFormToken(typed, signedIn.formToken)
      const read = acceptance.safeParse({ name: (typed['name'] ?? '').trim() })
      const ctx = { ...deps, actor: signedIn.actor, requestId: request.id }
      try {
        const spaceId = await acceptInvitation(ctx, token, read.data?.name ?? '')
        await chooseSpace(ctx, signedIn.sessionId, spaceId)
        return await goTo(reply, home)
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'validation_failed') throw error
        const filled = { typed, faults: { name: 'Say what you are called, on one line.' } }
        return show(deps, reply, { token, signedIn, filled, status: 422 })
      }
    }),
  )
}

interface Showing {
  readonly token: string
  readonly signedIn: SignedIn | null
  readonly filled: Filled
  readonly status: number
}

const show = async (deps: Deps, reply: FastifyReply, { token, signedIn, filled, status }: Showing) => {
  const invitation = await readUnscoped(deps, (tx) => readInvitation(deps, tx, token))
  const isInvited = signedIn?.actor.id === invitation.managerId
  const reader =
    signedIn === null ? ('nobody' as const) : isInvited ? ('invited' as const) : ('other' as const)
  const formToken = signedIn?.formToken ?? ''
  return sendOutside(reply, status, <PeopleJoinPage {...{ token, invitation, reader, formToken, filled }} />)
}

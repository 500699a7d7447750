import type { FastifyInstance } from 'fastify'
import { leaveNetwork } from '../network/leave-network.ts'
import { readmitSpace } from '../network/readmit-space.ts'
import { suspendSpace } from '../network/suspend-space.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { permits } from '../platform/permissions.ts'
import { getSpace } from '../spaces/get-space.ts'
import { searchSpaces } from '../spaces/search-spaces.ts'
import { addInsideForm, addInsidePage, addWayBack, type Shown, type Visit } from './inside.tsx'
import { leavingPage, mayLeave } from './leaving-page.tsx'
import { idIn } from './own-forms.ts'
import { reasonIn } from './reason.ts'
import { home } from './return-path.ts'
import { listedStatuses, spacesPage } from './spaces-page.tsx'
import { standingPage, type StandingAttempt } from './standing-page.tsx'

const perPage = 50

/** How a space comes to stand otherwise: its owner takes it out, the steward suspends it and takes it in again. */
export const addStandingPages = (app: FastifyInstance): void => {
  addInsidePage(app, '/leave', ({ signedIn }) => {
    if (!mayLeave(signedIn)) throw notFound()
    return leavingPage(signedIn)
  })
  // The form names the space: who has chosen another one meanwhile does not take that one out.
  addInsideForm(app, '/leave', async ({ ctx }, { space }) => {
    await leaveNetwork(ctx, idIn('space', space))
    return home
  })
  addInsidePage(app, '/spaces', async ({ ctx, signedIn, request }) => {
    if (!permits(signedIn.actor, 'network:admin')) throw notFound()
    const { status: asked, cursor } = request.query as Readonly<Record<string, unknown>>
    const status = listedStatuses.find((one) => one === asked) ?? 'admitted'
    const from = typeof cursor === 'string' ? { cursor } : {}
    return spacesPage({ status, ...(await searchSpaces(ctx, { status, limit: perPage, ...from })) })
  })
  addInsidePage(app, '/spaces/:space', (visit) => show(visit, {}))
  for (const name of ['suspend', 'readmit']) addWayBack(app, `/spaces/:space/${name}`)
  addInsideForm(app, '/spaces/:space/suspend', (visit, fields) =>
    tellingRefusal(visit, async () => {
      const read = reasonIn(fields)
      if ('fault' in read)
        return show(visit, { status: 422, filled: { typed: fields, faults: { reason: read.fault } } })
      await suspendSpace(visit.ctx, idOf(visit), read.reason)
      return pathOf(visit)
    }),
  )
  addInsideForm(app, '/spaces/:space/readmit', (visit) =>
    tellingRefusal(visit, async () => {
      await readmitSpace(visit.ctx, idOf(visit))
      return pathOf(visit)
    }),
  )
}

const idOf = ({ params }: Visit) => idIn('space', params['space'])

const pathOf = (visit: Visit) => `/spaces/${idOf(visit)}`

/** The steward's alone. @throws Problem `not_found` for everybody else */
const show = async ({ ctx, signedIn, params }: Visit, attempt: StandingAttempt): Promise<Shown> => {
  if (!permits(signedIn.actor, 'network:admin')) throw notFound()
  return standingPage(signedIn, await getSpace(ctx, idIn('space', params['space'])), attempt)
}

/** Who decided a moment later than somebody else is shown how it stands now. */
const tellingRefusal = async (visit: Visit, act: () => Promise<string | Shown>): Promise<string | Shown> => {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'wrong_standing') throw error
    return show(visit, { status: error.status, said: error.message })
  }
}

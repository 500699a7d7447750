import type { FastifyInstance } from 'fastify'
import { admitApplication } from '../network/admit-application.ts'
import { applicationStatuses } from '../network/contract-application.ts'
import { getApplication } from '../network/get-application.ts'
import { listApplications } from '../network/list-applications.ts'
import { proveApplication } from '../network/prove-application.ts'
import { rejectApplication } from '../network/reject-application.ts'
import { vouchForApplication } from '../network/vouch-for-application.ts'
import { withdrawApplication } from '../network/withdraw-application.ts'
import type { Ctx } from '../platform/context.ts'
import { Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { applicationPage, type Attempt } from './application-page.tsx'
import { applicationsPage } from './applications-page.tsx'
import { addInsideForm, addInsidePage, addWayBack, type Shown, type Visit } from './inside.tsx'
import { idIn, type Fields } from './own-forms.ts'
import { reasonIn } from './reason.ts'

const perPage = 20

/** What a press of each button does. */
const acts: Readonly<Record<string, (ctx: Ctx, id: Id<'application'>) => Promise<unknown>>> = {
  admit: admitApplication,
  vouch: vouchForApplication,
  prove: (ctx, id) => proveApplication(ctx, id),
  withdraw: withdrawApplication,
}

/** Who asks to be taken in: for the steward, for spaces that may vouch, and for who has asked. */
export const addApplicationPages = (app: FastifyInstance): void => {
  addInsidePage(app, '/applications', async ({ ctx, signedIn, request }) => {
    const { status: asked, cursor } = request.query as Readonly<Record<string, unknown>>
    const status = applicationStatuses.find((one) => one === asked) ?? 'pending'
    const from = typeof cursor === 'string' ? { cursor } : {}
    const page = await listApplications(ctx, { status, limit: perPage, ...from })
    return applicationsPage(signedIn, { status, ...page })
  })
  addInsidePage(app, '/applications/:application', (visit) => show(visit, {}))
  for (const [name, act] of Object.entries(acts))
    addAct(app, name, async (visit, id) => {
      await act(visit.ctx, id)
      return pathOf(id)
    })
  addAct(app, 'reject', async (visit, id, fields) => {
    const read = reasonIn(fields)
    if ('fault' in read)
      return show(visit, { status: 422, rejecting: { typed: fields, faults: { reason: read.fault } } })
    await rejectApplication(visit.ctx, id, read.reason)
    return pathOf(id)
  })
}

type Act = (visit: Visit, id: Id<'application'>, fields: Fields) => Promise<string | Shown>

const addAct = (app: FastifyInstance, name: string, act: Act) => {
  const path = `/applications/:application/${name}`
  addWayBack(app, path)
  addInsideForm(app, path, async (visit, fields) => {
    try {
      return await act(visit, idOf(visit), fields)
    } catch (error) {
      if (!(error instanceof Problem) || !(error.code in toldOnPage)) throw error
      return show(visit, { status: error.status, said: toldOnPage[error.code] ?? error.message })
    }
  })
}

/** What is told on the page itself, which shows how things stand now: in our words, or, where null, in those of the refusal. */
const toldOnPage: Partial<Record<Problem['code'], string | null>> = {
  wrong_standing: null,
  proof_not_found:
    'We have looked, and did not find the word at that address. Open the address in your browser: it must show the word and nothing else.',
}

const idOf = ({ params }: Visit) => idIn('application', params['application'])

const pathOf = (id: Id<'application'>) => `/applications/${id}`

const show = async (visit: Visit, attempt: Attempt): Promise<Shown> =>
  applicationPage(visit.signedIn, await getApplication(visit.ctx, idOf(visit)), attempt)

import type { FastifyInstance } from 'fastify'
import { changeRole } from '../access/change-role.ts'
import {
  changeRole as roleContract,
  inviteManager as contract,
  listManagers as listContract,
} from '../access/contract-people.ts'
import { getManager } from '../access/get-manager.ts'
import { handOverOwnership } from '../access/hand-over-ownership.ts'
import { inviteManager } from '../access/invite-manager.ts'
import { listManagers } from '../access/list-managers.ts'
import { leaveSpace, removeManager } from '../access/remove-manager.ts'
import { withdrawInvitation } from '../access/withdraw-invitation.ts'
import { Problem } from '../platform/errors.ts'
import { unfilled } from './field.tsx'
import { isFresh } from './fresh-sign-in.tsx'
import { addInsideForm, addInsidePage, addWayBack, type Shown, type Visit } from './inside.tsx'
import { actOnce } from './once.tsx'
import { idIn, type Fields } from './own-forms.ts'
import { personPage } from './person-page.tsx'
import { home } from './return-path.ts'
import { peoplePage } from './people-page.tsx'

/** The people of a space. */
export const addPeoplePages = (app: FastifyInstance): void => {
  addInsidePage(app, '/people', (visit) => show(visit))
  addInsideForm(app, '/people', invite)
  addAct(app, '/people/withdraw-invitation', show, async ({ ctx }, { email = '' }) => {
    await withdrawInvitation(ctx, { email })
    return '/people'
  })
  addAct(app, '/people/leave', show, async ({ ctx }) => {
    await leaveSpace(ctx)
    return home
  })
  addInsidePage(app, '/people/:managerId', (visit) => showPerson(visit))
  addAct(app, '/people/:managerId/change-role', showPerson, async (visit, { role }) => {
    const read = roleContract.body.safeParse({ role })
    if (!read.success) return showPerson(visit, { status: 422, said: 'Choose one of the roles.' })
    await changeRole(visit.ctx, managerIdOf(visit), read.data.role)
    return '/people'
  })
  addAct(app, '/people/:managerId/hand-over', showPerson, async (visit) => {
    const managerId = managerIdOf(visit)
    if (!isFresh(visit)) return `/people/${managerId}`
    await handOverOwnership(visit.ctx, managerId)
    return '/people'
  })
  addAct(app, '/people/:managerId/remove', showPerson, async (visit) => {
    await removeManager(visit.ctx, managerIdOf(visit))
    return '/people'
  })
}

const managerIdOf = ({ params }: Visit) => idIn('manager', params['managerId'])

/** How a press went wrong, told on the page itself. */
interface Attempt {
  readonly status: number
  readonly said: string
}

type Show = (visit: Visit, attempt?: Attempt) => Promise<Shown>

const addAct = (
  app: FastifyInstance,
  path: string,
  showAgain: Show,
  act: (visit: Visit, fields: Fields) => Promise<string | Shown>,
) => {
  addWayBack(app, path)
  addInsideForm(app, path, async (visit, fields) => {
    try {
      return await act(visit, fields)
    } catch (error) {
      if (!(error instanceof Problem) || !told.has(error.code)) throw error
      return showAgain(visit, { status: error.status, said: error.message })
    }
  })
}

/** Refusals that the page tells in their own words. */
const told: ReadonlySet<string> = new Set(['last_owner', 'already_manager'])

const listed = async ({ ctx, request }: Visit) => {
  const asked = listContract.query.safeParse(request.query)
  const { data, nextCursor } = await listManagers(ctx, asked.data ?? { limit: 50 })
  return { people: data, older: nextCursor }
}

const show: Show = async (visit, attempt) =>
  peoplePage(visit.signedIn, { ...(await listed(visit)), filled: unfilled, ...attempt })

const showPerson: Show = async (visit, attempt) => {
  const { ctx, signedIn } = visit
  const person = await getManager(ctx, managerIdOf(visit))
  return personPage(signedIn, { person, isFresh: isFresh(visit), ...attempt })
}

const invite = async (visit: Visit, fields: Fields): Promise<string | Shown> => {
  const read = contract.body.safeParse({ email: (fields['email'] ?? '').trim(), role: fields['role'] })
  if (!read.success)
    return again(visit, fields, 422, 'That is no e-mail address. Write it as in name@example.org.')
  try {
    await actOnce(visit.ctx, visit.request, (once) => inviteManager(once, read.data))
    return '/people'
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'already_manager') throw error
    return again(visit, fields, 409, error.message)
  }
}

const again = async (visit: Visit, typed: Fields, status: number, fault: string): Promise<Shown> =>
  peoplePage(visit.signedIn, {
    ...(await listed(visit)),
    filled: { typed, faults: { email: fault } },
    status,
  })

import type { FastifyInstance } from 'fastify'
import { wordingIn } from '../events/wording.ts'
import { Problem } from '../platform/errors.ts'
import { requirePermission } from '../platform/permissions.ts'
import { sendBody } from '../referrals/contract-referral.ts'
import { sendReferral } from '../referrals/send.ts'
import { getSpace } from '../spaces/get-space.ts'
import { searchSpaces } from '../spaces/search-spaces.ts'
import { unfilled, type Faults } from './field.tsx'
import { addInsideForm, addInsidePage, type Shown, type Visit } from './inside.tsx'
import { actOnce } from './once.tsx'
import { idIn, type Fields } from './own-forms.ts'
import { chooseReceiverPage, referPage, referredPage } from './refer-page.tsx'

/** Referring a member in two steps: to which space, and whom. The member is asked by mail before anything is sent. */
export const addReferPages = (app: FastifyInstance): void => {
  addInsidePage(app, '/refer', choose)
  addInsidePage(app, '/refer/:spaceId', async (visit) => {
    requirePermission(visit.ctx.actor, 'referrals:start')
    return referPage(visit.signedIn, { receiver: await receiverOf(visit), filled: unfilled })
  })
  addInsideForm(app, '/refer/:spaceId', refer)
  addInsidePage(app, '/refer/:spaceId/asked', async (visit) =>
    referredPage(await receiverOf(visit), wordingIn('en').periodInWords(visit.ctx.policy.consent)),
  )
}

const choose = async ({ ctx, request }: Visit): Promise<Shown> => {
  requirePermission(ctx.actor, 'referrals:start')
  const { q } = request.query as Readonly<Record<string, unknown>>
  const text = typeof q === 'string' ? q.trim().slice(0, 100) : ''
  if (text === '') return chooseReceiverPage({ text: null, found: [] })
  const { data } = await searchSpaces(ctx, { q: text, status: 'admitted', limit: 30 })
  const own = ctx.actor.kind === 'manager' ? ctx.actor.spaceId : null
  return chooseReceiverPage({ text, found: data.filter(({ id }) => id !== own) })
}

const receiverOf = ({ ctx, params }: Visit) => getSpace(ctx, idIn('space', params['spaceId']))

const refer = async (visit: Visit, fields: Fields): Promise<string | Shown> => {
  const receiver = await receiverOf(visit)
  const again = (faults: Faults, said?: string): Shown =>
    referPage(visit.signedIn, {
      receiver,
      filled: { typed: fields, faults },
      status: 422,
      ...(said !== undefined && { said }),
    })
  const read = sendBody.safeParse(bodyOf(receiver.id, fields))
  if (!read.success) return again(faultsOf(read.error.issues))
  try {
    await actOnce(visit.ctx, visit.request, (once) => sendReferral(once, read.data))
    return `/refer/${receiver.id}/asked`
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'identity_in_brief') return again(namedIn(error))
    if (error.code !== 'receiver_paused') throw error
    return again({}, `${receiver.name} takes nobody in at present: choose another space, or try later.`)
  }
}

const bodyOf = (toSpaceId: string, { name = '', email = '', summary = '', stay, note = '' }: Fields) => ({
  toSpaceId,
  member: { name: name.trim(), email: email.trim() },
  brief: { summary: summary.trim(), stay },
  consent: { kind: 'link' },
  ...(note.trim() !== '' && { note: note.trim() }),
})

const said: Readonly<Record<string, string>> = {
  name: 'Say what they are called, on one line.',
  email: 'That is no e-mail address. Write it as in name@example.org.',
  summary: 'Say in a few words who would come and why: at most 500 characters.',
  stay: 'Choose one of these.',
  note: 'That is too long, or holds signs that cannot be kept.',
}

const faultsOf = (issues: readonly { readonly path: readonly PropertyKey[] }[]): Faults =>
  Object.fromEntries(
    Object.entries(said).filter(([field]) => issues.some(({ path }) => path.at(-1) === field)),
  )

const names = 'This gives away who it is: leave the name, the address and the number out.'

/** Which of the two texts it stands in, is told by the refusal. */
const namedIn = ({ extras }: Problem): Faults => {
  const pointers = (extras.errors ?? []).map(({ pointer }) => pointer)
  return pointers.includes('/note') ? { note: names } : { summary: names }
}

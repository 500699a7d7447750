import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SignedIn } from '../access/find-session.ts'
import { wordingIn } from '../events/wording.ts'
import { findClaimable, getClaimable, type Claimable } from '../network/find-claimable.ts'
import { submitApplication } from '../network/submit-application.ts'
import type { Ctx, Deps } from '../platform/context.ts'
import { Problem } from '../platform/errors.ts'
import { isId } from '../platform/ids.ts'
import { publicCtx } from './arriving.ts'
import { AppliedPage } from './confirm-page.tsx'
import { unfilled, type Filled } from './field.tsx'
import { goTo, signedInWith } from './inside.tsx'
import { JoinFormPage } from './join-form-page.tsx'
import { JoinPage } from './join-page.tsx'
import { faultsAt, readSubmission } from './join-reading.ts'
import { hidden } from './link-pages.ts'
import { actOnce } from './once.tsx'
import { fieldsOf, requireOwnSite, type Fields } from './own-forms.ts'
import { sendOutside } from './send-page.ts'

interface Asked {
  Querystring: { readonly q?: unknown; readonly space?: unknown }
}

/** The way in for a space: find it or name it, and say who asks. Nothing here tells whether an address is known. */
export const addJoinPages = (app: FastifyInstance): void => {
  const { deps } = app
  app.get<Asked>('/join', hidden, async (request, reply) => {
    const { q } = request.query
    if (typeof q !== 'string' || q.trim() === '') return sendOutside(reply, 200, <JoinPage />)
    const text = q.slice(0, 100).trim()
    const found = await findClaimable(publicCtx(deps, request), text)
    return sendOutside(reply, 200, <JoinPage looked={{ text, ...found }} />)
  })
  app.get<Asked>('/join/apply', hidden, async (request, reply) => {
    const asking = await askingBy(deps, request)
    const claimed = await claimedBy(asking.ctx, request.query.space)
    if (claimed === 'taken') return sendTaken(reply)
    return sendForm(reply, 200, asking, claimed, unfilled)
  })
  app.post('/join/apply', hidden, async (request, reply) => {
    requireOwnSite(request, deps.baseUrl)
    const fields = fieldsOf(request)
    const asking = await askingBy(deps, request)
    const claimed = await claimedBy(asking.ctx, fields['space'])
    if (claimed === 'taken') return sendTaken(reply)
    const faults = await faultsOf(asking, fields, claimed)
    if (faults) return sendForm(reply, 422, asking, claimed, { typed: fields, faults })
    return goTo(reply, '/join/sent')
  })
  app.get('/join/sent', hidden, (_request, reply) => {
    const within = wordingIn('en').periodInWords(deps.policy.confirmation)
    return sendOutside(reply, 200, <AppliedPage within={within} />)
  })
}

/** Somebody unknown, or who is signed in already and asks for one more space, or once more for their own. */
interface Asking {
  readonly ctx: Ctx
  readonly request: FastifyRequest
  readonly signedIn: SignedIn | null
}

const askingBy = async (deps: Deps, request: FastifyRequest): Promise<Asking> => {
  const ctx = publicCtx(deps, request)
  const signedIn = await signedInWith(deps, request)
  return { ctx: signedIn ? { ...ctx, actor: signedIn.actor } : ctx, request, signedIn }
}

/** The space of the directory that an address or a form names, if any. */
const claimedBy = async (ctx: Ctx, space: unknown): Promise<Claimable | 'taken' | null> => {
  if (space === undefined) return null
  const found = typeof space === 'string' && isId('space', space) ? await getClaimable(ctx, space) : null
  return found ?? 'taken'
}

/** Hands the application in. @returns what is to be mended first; null when nothing is */
const faultsOf = async ({ ctx, request }: Asking, fields: Fields, claimed: Claimable | null) => {
  const read = readSubmission(fields, claimed)
  if ('faults' in read) return read.faults
  try {
    await actOnce(ctx, request, (once) => submitApplication(once, read.submission, request.ip))
    return null
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'validation_failed') throw error
    const paths = (error.extras.errors ?? []).map(({ pointer }) => pointer.slice(1))
    const faults = faultsAt(paths, fields)
    if (Object.keys(faults).length === 0) throw error
    return faults
  }
}

const sendForm = (
  reply: FastifyReply,
  status: number,
  { signedIn }: Asking,
  claimed: Claimable | null,
  filled: Filled,
) => {
  const known = signedIn ? { email: signedIn.identity.email } : {}
  return sendOutside(reply, status, <JoinFormPage {...{ claimed, filled }} {...known} />)
}

const sendTaken = (reply: FastifyReply) =>
  sendOutside(
    reply,
    404,
    <JoinPage said="This space is not in the list any more: perhaps somebody speaks for it already. Ask them to invite you, or look again." />,
  )

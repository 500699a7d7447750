import type { FastifyInstance } from 'fastify'
import { listPasskeys } from '../access/list-passkeys.ts'
import { passkeySiteOf, type PasskeySite } from '../access/passkey-site.ts'
import { askForPasskey, registerPasskey } from '../access/register-passkey.ts'
import { removePasskey } from '../access/remove-passkey.ts'
import { askForPasskeySignIn, signInByPasskey } from '../access/sign-in-by-passkey.ts'
import { countTry } from '../access/sign-in-limits.ts'
import type { Deps } from '../platform/context.ts'
import { notFound } from '../platform/errors.ts'
import { arrivingBrowser, bindBrowser, letIn, publicCtx } from './arriving.ts'
import { cookieOf } from './cookies.ts'
import { sendEntrance } from './entrance.tsx'
import { isFresh } from './fresh-sign-in.tsx'
import { addInsideForm, addInsidePage, tell, type Visit } from './inside.tsx'
import { hidden } from './link-pages.ts'
import { fieldsOf, idIn, requireOwnSite } from './own-forms.ts'
import { passkeysPage } from './passkeys-page.tsx'
import { returnPath } from './return-path.ts'

/** Passkeys: one's own, and the way in by one. */
export const addPasskeyPages = (app: FastifyInstance): void => {
  addOwnPasskeys(app)
  addPasskeySignIn(app)
}

/** @throws Problem `not_found` where there are no passkeys */
const siteOf = (deps: Deps): PasskeySite => {
  const site = passkeySiteOf(deps)
  if (!site) throw notFound()
  return site
}

const addOwnPasskeys = (app: FastifyInstance) => {
  const { deps } = app
  const show = async (visit: Visit, hasFailed = false) =>
    passkeysPage(visit.signedIn, {
      passkeys: await listPasskeys(visit.ctx),
      isPossible: passkeySiteOf(deps) !== null,
      isFresh: isFresh(visit),
      hasFailed,
    })
  addInsidePage(app, '/passkeys', (visit) => show(visit))
  addInsideForm(app, '/passkeys/options', async (visit) => {
    if (!isFresh(visit)) return show(visit, true)
    const { ctx, signedIn, request, reply } = visit
    const browser = bindBrowser(deps, request, reply)
    return { told: await askForPasskey(ctx, siteOf(deps), browser, signedIn.identity) }
  })
  addInsideForm(app, '/passkeys', async (visit, { answer = '' }) => {
    const { ctx, request } = visit
    const browser = cookieOf(deps, request, 'waggle-sign-in') ?? ''
    const { userAgent } = arrivingBrowser(deps, request)
    const isKept = await registerPasskey(ctx, siteOf(deps), { answer, browser, userAgent })
    return isKept ? '/passkeys' : show(visit, true)
  })
  addInsideForm(app, '/passkeys/remove', async (visit, { passkey }) => {
    if (!isFresh(visit)) return show(visit, true)
    await removePasskey(visit.ctx, idIn('passkey', passkey))
    return '/passkeys'
  })
}

const refused =
  'No passkey of yours was found here, or it took longer than five minutes. Try again, or have a link sent to you.'

const addPasskeySignIn = (app: FastifyInstance) => {
  const { deps } = app
  app.post('/sign-in/passkey/options', hidden, async (request, reply) => {
    requireOwnSite(request, deps.baseUrl)
    await countTry(deps, request.ip)
    const browser = bindBrowser(deps, request, reply)
    const returnTo = returnPath(fieldsOf(request)['return'])
    const options = await askForPasskeySignIn(publicCtx(deps, request), siteOf(deps), { browser, returnTo })
    return tell(reply, options)
  })
  // Counted above: without a challenge from there this is refused before anything is looked up.
  app.post('/sign-in/passkey', hidden, async (request, reply) => {
    requireOwnSite(request, deps.baseUrl)
    const { answer = '', ...fields } = fieldsOf(request)
    const token = cookieOf(deps, request, 'waggle-sign-in') ?? ''
    const browser = { token, ...arrivingBrowser(deps, request) }
    const signedIn = await signInByPasskey(publicCtx(deps, request), siteOf(deps), answer, browser)
    if (signedIn) return letIn(deps, reply, signedIn)
    return sendEntrance(deps, reply, 403, { returnTo: returnPath(fields['return']), said: refused })
  })
}

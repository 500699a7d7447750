import type { FastifyInstance } from 'fastify'
import { chooseSpace } from '../access/choose-space.ts'
import { endOtherSessions, endSession } from '../access/end-session.ts'
import { listSessions } from '../access/list-sessions.ts'
import { clearCookie } from './cookies.ts'
import { devicesPage } from './devices-page.tsx'
import { joiningOf } from './home-applications.tsx'
import { homePage } from './home-page.tsx'
import { addInsideForm, addInsidePage } from './inside.tsx'
import { idIn } from './own-forms.ts'
import { home, signInPath } from './return-path.ts'

/** What everybody has who is signed in: who they are, for whom they act, where they are signed in, and the way out. */
export const addOwnPages = (app: FastifyInstance): void => {
  addInsidePage(app, home, async ({ ctx, signedIn }) => homePage(signedIn, await joiningOf(ctx, signedIn)))
  addInsideForm(app, '/home/space', async ({ ctx, signedIn }, { space = '' }) => {
    await chooseSpace(ctx, signedIn.sessionId, space === '' ? null : idIn('space', space))
    return home
  })
  addInsideForm(app, '/sign-out', async ({ ctx, signedIn, reply }, fields) => {
    await endSession(ctx, signedIn.sessionId)
    clearCookie(app.deps, reply, 'waggle')
    return signInPath(fields['return'])
  })
  addInsidePage(app, '/devices', async ({ ctx, signedIn }) =>
    devicesPage(signedIn, await listSessions(ctx), ctx.clock.now()),
  )
  addInsideForm(app, '/devices/end', async ({ ctx }, { session }) => {
    await endSession(ctx, idIn('session', session))
    return '/devices'
  })
  addInsideForm(app, '/devices/end-others', async ({ ctx, signedIn }) => {
    await endOtherSessions(ctx, signedIn.sessionId)
    return '/devices'
  })
}

import type { FastifyReply } from 'fastify'
import { passkeySiteOf } from '../access/passkey-site.ts'
import type { Deps } from '../platform/context.ts'
import { passkeyScriptPath } from './assets.ts'
import { sendPage } from './send-page.ts'
import { SignInPage, type Attempt } from './sign-in-page.tsx'

/** Sends the sign-in page, with the ways in that this installation has. */
export const sendEntrance = (deps: Deps, reply: FastifyReply, status: number, attempt: Attempt) => {
  const script = passkeySiteOf(deps) ? { script: passkeyScriptPath } : {}
  const provider = deps.installation.signInProvider?.name
  const ways = { ...script, ...(provider !== undefined && { provider }) }
  return sendPage(reply, status, <SignInPage {...attempt} {...ways} />, {
    script: 'script' in script,
    tellsOrigin: true,
  })
}

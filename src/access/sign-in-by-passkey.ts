import { eq } from 'drizzle-orm'
import { passkeys } from '../../db/schema/access.ts'
import type { Ctx } from '../platform/context.ts'
import { mutate, readUnscoped } from '../platform/database/door.ts'
import { arg, statement, writeStatement } from '../platform/database/statements.ts'
import { toUuid } from '../platform/ids.ts'
import { challengeIn, newChallenge, spendChallenge } from './challenge.ts'
import { authenticationIn } from './passkey-answer.ts'
import type { PasskeySite } from './passkey-site.ts'
import type { SignedInBy } from './sign-in-by-link.ts'
import { startSession, type Browser } from './start-session.ts'

/**
 * Begins a sign-in by passkey. It names no passkey and no person, so it tells nobody who is here: the authenticator knows
 * which one it holds.
 */
export const askForPasskeySignIn = (
  ctx: Ctx,
  { rpID }: PasskeySite,
  begun: { readonly browser: string; readonly returnTo: string },
) =>
  mutate(ctx, 'sign-in', async (tx) => {
    const { id, challenge } = await newChallenge(ctx, tx, { kind: 'passkey', managerId: null, ...begun })
    // Read when somebody asks for it: it would be a fifth of what every process reads at its start.
    const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
    const options = await generateAuthenticationOptions({
      rpID,
      challenge: Uint8Array.from(challenge),
      userVerification: 'required',
    })
    return { result: options, events: [], audit: { action: 'askForPasskeySignIn', objectId: id } }
  })

const passkeyByCredential = statement('passkeyByCredential', (db) =>
  db
    .select()
    .from(passkeys)
    .where(eq(passkeys.credentialId, arg(passkeys.credentialId, 'credentialId'))),
)

// A counter that does not grow is one that was copied (WebAuthn §6.1.1); those without one stay at 0.
const markUsed = writeStatement<{ id: string }>(
  'markPasskeyUsed',
  `update passkeys set counter = $2, last_used_at = $3 where id = $1 and (counter < $2 or (counter = 0 and $2 = 0))
   returning id`,
)

/**
 * Signs in who holds a passkey, in the browser that asked for it.
 * @param answer what the authenticator answered, as JSON
 * @returns null when it does not hold, whatever the reason
 */
export const signInByPasskey = async (
  ctx: Ctx,
  site: PasskeySite,
  answer: string,
  browser: Browser & { readonly token: string },
): Promise<SignedInBy | null> => {
  const held = await verified(ctx, site, answer, browser.token)
  if (!held) return null
  const { passkey, counter, returnTo } = held
  return mutate(ctx, 'sign-in', async (tx) => {
    const [used] = await tx.write(markUsed, [toUuid(passkey.id), counter, tx.now])
    const session = used ? await startSession(ctx, tx, passkey.managerId, browser) : null
    return {
      result: session === null ? null : { session, returnTo },
      events: [],
      audit: { action: used ? 'signInByPasskey' : 'refusePasskey', objectId: passkey.managerId },
    }
  })
}

const verified = async (ctx: Ctx, { rpID, origin }: PasskeySite, answer: string, browser: string) => {
  const response = authenticationIn(answer)
  const challenge = response && challengeIn(response.response.clientDataJSON)
  if (!challenge) return null
  const spent = await spendChallenge(ctx, challenge, { kind: 'passkey', browser, managerId: null })
  if (!spent) return null
  const [passkey] = await readUnscoped(ctx, (tx) =>
    tx.run(passkeyByCredential, { credentialId: response.id }),
  )
  if (!passkey) return null
  const { credentialId: id, counter, publicKey } = passkey
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const result = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    credential: { id, counter, publicKey: Uint8Array.from(publicKey) },
    requireUserVerification: true,
  }).catch(() => null)
  if (!result?.verified) return null
  return { passkey, counter: result.authenticationInfo.newCounter, returnTo: spent.returnTo }
}

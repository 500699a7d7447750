import { passkeys } from '../../db/schema/access.ts'
import type { Ctx } from '../platform/context.ts'
import { brokenConstraint } from '../platform/database/pool.ts'
import { mutate } from '../platform/database/door.ts'
import { rowsOf } from '../platform/database/statements.ts'
import { idBytes, newId } from '../platform/ids.ts'
import { browserLabel } from './browser-label.ts'
import { challengeIn, newChallenge, spendChallenge } from './challenge.ts'
import { passkeysOf } from './list-passkeys.ts'
import type { Identity } from './manager-identity.ts'
import { ownManagerId } from './own-manager.ts'
import { registrationIn } from './passkey-answer.ts'
import type { PasskeySite } from './passkey-site.ts'

/**
 * Begins a passkey for the caller: what the browser hands to the authenticator. It is to be found without a name being
 * typed, and to ask for the person's PIN, finger or face.
 */
export const askForPasskey = (ctx: Ctx, { rpID }: PasskeySite, browser: string, { name, email }: Identity) =>
  mutate(ctx, 'account', async (tx) => {
    const managerId = ownManagerId(ctx)
    const known = await passkeysOf(tx, managerId)
    const asked = { kind: 'passkey_registration', browser, managerId, returnTo: null } as const
    const { id, challenge } = await newChallenge(ctx, tx, asked)
    // Read when somebody asks for it: it would be a fifth of what every process reads at its start.
    const { generateRegistrationOptions } = await import('@simplewebauthn/server')
    const options = await generateRegistrationOptions({
      rpName: 'Waggle',
      rpID,
      // No word about the person: authenticators show it to whoever holds them.
      userID: Uint8Array.from(idBytes(managerId)),
      userName: email,
      userDisplayName: name,
      challenge: Uint8Array.from(challenge),
      attestationType: 'none',
      excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    return { result: options, events: [], audit: { action: 'askForPasskey', objectId: id } }
  })

interface Answered {
  /** What the authenticator answered, as JSON. */
  readonly answer: string
  /** The token in the browser's cookie. */
  readonly browser: string
  readonly userAgent: string | undefined
}

/** Keeps a new passkey of the caller's. @returns false when the answer does not hold */
export const registerPasskey = async (
  ctx: Ctx,
  site: PasskeySite,
  { answer, browser, userAgent }: Answered,
): Promise<boolean> => {
  const made = await verified(ctx, site, answer, browser)
  if (!made) return false
  const { credential } = made
  return mutate(ctx, 'account', async (tx) => {
    const id = newId('passkey', ctx.clock.now())
    const row = {
      id,
      credentialId: credential.id,
      managerId: ownManagerId(ctx),
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ?? [],
      name: browserLabel(userAgent),
      createdAt: tx.now,
      lastUsedAt: null,
    }
    await tx.insert(rowsOf(passkeys, [row]))
    return { result: true, events: [], audit: { action: 'registerPasskey', objectId: id } }
  }).catch((error: unknown) => {
    // Another person's, or the same one twice.
    if (brokenConstraint(error) === 'passkeys_credential') return false
    throw error
  })
}

const verified = async (ctx: Ctx, { rpID, origin }: PasskeySite, answer: string, browser: string) => {
  const response = registrationIn(answer)
  const challenge = response && challengeIn(response.response.clientDataJSON)
  if (!challenge) return null
  const bound = { kind: 'passkey_registration', browser, managerId: ownManagerId(ctx) } as const
  if (!(await spendChallenge(ctx, challenge, bound))) return null
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const result = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch(() => null)
  return result?.verified ? result.registrationInfo : null
}

import * as oidc from 'openid-client'
import { z } from 'zod'
import { signIns } from '../../db/schema/access.ts'
import { instant, minute } from '../platform/clock.ts'
import type { Ctx, Deps } from '../platform/context.ts'
import { carry, mutate } from '../platform/database/door.ts'
import { rowsOf, writeStatement } from '../platform/database/statements.ts'
import { newId, toTypeId, type Id } from '../platform/ids.ts'
import { seal, unseal } from '../platform/sealing.ts'
import { emailHashOf, findManagerByEmail } from './manager-identity.ts'
import { discover, providerFault, providerReturnUri } from './provider.ts'
import type { SignedInBy } from './sign-in-by-link.ts'
import { browserHash, signInHash } from './sign-in-token.ts'
import { startSession, type Browser } from './start-session.ts'

const tripLasts = 10 * minute

/** What the way back needs, sealed meanwhile. */
const luggage = z.object({ verifier: z.string(), nonce: z.string() })

const boundTo = (id: Id<'signIn'>) => `sign-in:${id}`

/**
 * Begins a sign-in at the provider: authorization code with PKCE, state and nonce (RFC 9700 §2.1). The state is bound to the
 * browser.
 * @returns where to send the browser
 * @throws whatever kept the provider from being asked
 */
export const askProvider = async (
  ctx: Ctx,
  begun: { readonly browser: string; readonly returnTo: string },
): Promise<URL> => {
  const config = await discover(ctx)
  const [state, verifier, nonce] = [oidc.randomState(), oidc.randomPKCECodeVerifier(), oidc.randomNonce()]
  await mutate(ctx, 'sign-in', async (tx) => {
    const now = ctx.clock.now()
    const id = newId('signIn', now)
    const row = {
      id,
      kind: 'provider' as const,
      tokenHash: signInHash(state),
      browserHash: browserHash(begun.browser),
      emailHash: null,
      managerId: null,
      data: seal(ctx.keys.seal, JSON.stringify({ verifier, nonce }), boundTo(id)),
      returnTo: begun.returnTo,
      createdAt: tx.now,
      expiresAt: instant(now + tripLasts),
      usedAt: null,
    }
    await tx.insert(rowsOf(signIns, [row]))
    return { result: undefined, events: [], audit: { action: 'askProvider', objectId: id } }
  })
  return oidc.buildAuthorizationUrl(config, {
    redirect_uri: providerReturnUri(ctx.baseUrl),
    scope: 'openid email',
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
}

/** What a way back from the provider comes to. */
export type Returned =
  | { readonly kind: 'in'; readonly signedIn: SignedInBy }
  /** Unknown, used, over, or begun in another browser. */
  | { readonly kind: 'over' }
  /** The provider does not answer, or does not confirm who it is. */
  | { readonly kind: 'unconfirmed'; readonly fault: string }
  /** The provider has not checked the e-mail address. */
  | { readonly kind: 'unverified' }
  /** Nobody here has the address. */
  | { readonly kind: 'unknown' }

/**
 * Signs in who comes back from the provider with an e-mail address that it has verified and that somebody here has.
 * @param query what stands behind the `?` of the address that the provider has sent the browser to
 */
export const signInByProvider = async (
  ctx: Ctx,
  query: URLSearchParams,
  browser: Browser & { readonly token: string },
): Promise<Returned> => {
  const trip = await endTrip(ctx, query.get('state') ?? '', browser.token)
  if (!trip) return { kind: 'over' }
  let claims: Claims
  try {
    claims = await claimsOf(ctx, query, trip)
  } catch (error) {
    return { kind: 'unconfirmed', fault: providerFault(error) }
  }
  if (claims.email === undefined || claims.email_verified !== true) return { kind: 'unverified' }
  return enter(ctx, claims.email, trip.returnTo, browser)
}

const enter = (ctx: Ctx, email: string, returnTo: string | null, browser: Browser) =>
  mutate<Returned>(ctx, 'sign-in', async (tx) => {
    const manager = await findManagerByEmail(tx, emailHashOf(ctx, email))
    if (!manager)
      return {
        result: { kind: 'unknown' },
        events: [],
        audit: { action: 'refuseFromProvider', objectId: 'unknown' },
      }
    const session = await startSession(ctx, tx, manager.id, browser)
    return {
      result: { kind: 'in', signedIn: { session, returnTo } },
      events: [],
      audit: { action: 'signInByProvider', objectId: manager.id },
    }
  })

const useState = writeStatement<{ id: string; data: Buffer; return_to: string | null }>(
  'useProviderState',
  `update sign_ins set used_at = $3
   where token_hash = $1 and browser_hash = $2 and kind = 'provider' and used_at is null and expires_at > $3
   returning id, data, return_to`,
)

/** Uses the state up, whatever becomes of the rest. */
const endTrip = (deps: Deps, state: string, browser: string) =>
  carry(deps, async (tx) => {
    const [row] = await tx.write(useState, [signInHash(state), browserHash(browser), tx.now])
    if (!row) return null
    const packed = unseal(deps.keys.seal, row.data, boundTo(toTypeId('signIn', row.id)))
    return { ...luggage.parse(JSON.parse(packed)), state, returnTo: row.return_to }
  })

type Trip = NonNullable<Awaited<ReturnType<typeof endTrip>>>

const claimsSchema = z.object({
  email: z.string().max(254).exactOptional(),
  email_verified: z.boolean().exactOptional(),
})
type Claims = z.infer<typeof claimsSchema>

/** Of the ID token, or, where that says nothing of an address, of the userinfo endpoint (OpenID Connect Core §5.4). */
const claimsOf = async (deps: Deps, query: URLSearchParams, { state, nonce, verifier }: Trip) => {
  const config = await discover(deps)
  const returned = new URL(providerReturnUri(deps.baseUrl))
  returned.search = query.toString()
  const tokens = await oidc.authorizationCodeGrant(config, returned, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new Error('No ID token came')
  const told = 'email' in claims ? claims : await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
  return claimsSchema.parse(told)
}

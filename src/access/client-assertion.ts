import { compactVerify, decodeJwt, decodeProtectedHeader, errors, importJWK } from 'jose'
import { z } from 'zod'
import type { PublicJwk } from '../../db/schema/access.ts'
import { instant, minute, second } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import { clientId } from '../platform/contract.ts'
import { carry } from '../platform/database/door.ts'
import { writeStatement } from '../platform/database/statements.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import type { Client } from './find-client.ts'
import { algorithmOf } from './public-keys.ts'

/** An assertion names its end, and that is near: what is stolen is soon worth nothing. */
const longestLife = 5 * minute
/** How far ahead the clock of whoever signs may be. */
const skew = 30 * second

const headerSchema = z.object({
  alg: z.enum(['EdDSA', 'ES256']),
  kid: z.string(),
  /** An access token, or anything else that is signed for another purpose, is no assertion (RFC 8725 §3.11). */
  typ: z.enum(['JWT', 'jwt', 'client-authentication+jwt']).optional(),
})

const claimsSchema = z.object({
  iss: clientId,
  sub: clientId,
  aud: z.string(),
  exp: z.number(),
  jti: z.string().regex(/^[!-~]{1,200}$/),
  iat: z.number().optional(),
  nbf: z.number().optional(),
})

/** What an assertion says, of which nothing is proven yet. */
interface Assertion {
  readonly text: string
  readonly header: z.output<typeof headerSchema>
  readonly claims: z.output<typeof claimsSchema>
}

/** @returns null for what is no assertion of a client to itself */
export const readAssertion = (text: string): Assertion | null => {
  try {
    const header = headerSchema.parse(decodeProtectedHeader(text))
    const claims = claimsSchema.parse(decodeJwt(text))
    return claims.iss === claims.sub ? { text, header, claims } : null
  } catch {
    return null
  }
}

/** Verified against where there is no such client or key, so that the work done does not tell. */
const nobody: Readonly<Record<'EdDSA' | 'ES256', PublicJwk>> = {
  EdDSA: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: '' },
  ES256: {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    kid: '',
  },
}

/**
 * Whether the client itself has signed this, for here and for now (RFC 7523 §3). Its keys are those that it gave us: whatever the
 * header says of others (`jku`, `x5u`, `jwk`) is not read.
 */
export const isSignedBy = async (
  client: Client | undefined,
  { text, header: { alg, kid }, claims }: Assertion,
  { baseUrl, clock }: Pick<Ctx, 'baseUrl' | 'clock'>,
): Promise<boolean> => {
  const known = client?.publicKeys?.find((key) => key.kid === kid && algorithmOf(key) === alg)
  const isSigned = await verifies(text, known ?? nobody[alg], alg)
  return known !== undefined && isSigned && isForHere(claims.aud, baseUrl) && isForNow(claims, clock.now())
}

const verifies = async (text: string, key: PublicJwk, alg: string): Promise<boolean> => {
  const imported = await importJWK({ ...key }, alg)
  return compactVerify(text, imported, { algorithms: [alg] }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof errors.JOSEError) return false
      throw error
    },
  )
}

/** The issuer, as RFC 7523bis has it, or the token endpoint, as many libraries still write. */
const isForHere = (aud: string, baseUrl: string) => aud === baseUrl || aud === `${baseUrl}/oauth/token`

const isForNow = ({ exp, iat, nbf }: Assertion['claims'], now: number): boolean =>
  exp * second > now &&
  exp * second <= now + longestLife &&
  (iat ?? 0) * second <= now + skew &&
  (nbf ?? 0) * second <= now + skew

const spend = writeStatement<{ jti: string }>(
  'spendAssertion',
  'insert into used_assertions (client_id, jti, expires_at) values ($1, $2, $3) on conflict do nothing returning jti',
)

/** Uses an assertion up, in one statement: of many who send it at once one is first. @returns false when it was used before */
export const spendAssertion = (
  ctx: Ctx,
  id: Id<'client'>,
  { claims: { jti, exp } }: Assertion,
): Promise<boolean> =>
  carry(ctx, async (tx) => {
    const [first] = await tx.write(spend, [toUuid(id), jti, instant(Math.ceil(exp * second))])
    return first !== undefined
  })

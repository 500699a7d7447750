import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { minute, second } from '../platform/clock.ts'
import type { Actor, Deps } from '../platform/context.ts'
import { clientId, operatorId, spaceId } from '../platform/contract.ts'
import { readUnscoped } from '../platform/database/door.ts'
import { Problem } from '../platform/errors.ts'
import type { Authenticate } from '../platform/http/requests.ts'
import type { Keys } from '../platform/keys.ts'
import type { Standing } from '../platform/roles.ts'
import { findClient } from './find-client.ts'
import { currentEpoch } from './revocation-epoch.ts'
import { publicKeys, tokenType } from './signing-keys.ts'
import { standingOf } from './standing.ts'
import { makeTokenCache } from './token-cache.ts'

const mostTokensKept = 10_000
/** Beyond this, a token is checked in full again, its client in the database included. */
const keptFor = minute

const claimsSchema = z.object({
  sub: z.string(),
  client_id: clientId,
  jti: z.string(),
  iat: z.number(),
  exp: z.number(),
  scope: z.string(),
  space: spaceId.optional(),
  operator: operatorId.optional(),
})
type Claims = z.infer<typeof claimsSchema>

/** RFC 6750 §3.1. What is wrong with a token is said no closer than its bearer needs. */
const invalidToken = (detail: string) =>
  new Problem('unauthenticated', detail, { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } })

/**
 * Makes the function that tells who stands behind `Authorization: Bearer …`. A token that was checked is remembered for
 * a minute, until it ends, or until somebody's rights change: at once on this node, within 2 s on another.
 * @returns a function that throws Problem `unauthenticated`, or `unavailable` when the database cannot tell
 */
export const makeAuthenticate = (deps: Deps): Authenticate => {
  const cache = makeTokenCache(mostTokensKept)
  const verify = makeVerify(deps)
  return async (authorization) => {
    const token = bearerToken(authorization)
    // Read before the client is looked up: a revocation in between then leaves an entry that is already out of date.
    const epoch = await currentEpoch(deps)
    const now = deps.clock.now()
    const known = cache.find(token, now, epoch)
    if (known) return known
    const claims = await verify(token)
    const actor = actorOf(claims, await standingOfActive(deps, claims))
    cache.keep(token, { actor, epoch, until: Math.min(claims.exp * second, now + keptFor) })
    return actor
  }
}

const bearerToken = (authorization: string): string => {
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i.exec(authorization)?.[1]
  if (token === undefined) {
    throw new Problem('unauthenticated', 'Send an access token: `Authorization: Bearer …`.', {
      headers: { 'www-authenticate': 'Bearer' },
    })
  }
  return token
}

/** Algorithm, type, issuer and audience are fixed here (RFC 8725 §3); nothing that the token names is fetched. */
const makeVerify = ({ keys, clock, baseUrl }: Deps) => {
  const keyOf = configuredKeys(keys)
  return async (token: string): Promise<Claims> => {
    const { payload } = await jwtVerify(token, keyOf, {
      algorithms: ['EdDSA'],
      typ: tokenType,
      issuer: baseUrl,
      audience: baseUrl,
      requiredClaims: ['sub', 'client_id', 'jti', 'iat', 'exp', 'scope'],
      currentDate: new Date(clock.now()),
    }).catch((error: unknown) => {
      throw refusalOf(error)
    })
    const claims = claimsSchema.safeParse(payload)
    if (!claims.success || claims.data.sub !== claims.data.client_id) throw invalidToken(notOurs)
    return claims.data
  }
}

const notOurs = 'The access token is not one that is valid here.'

const refusalOf = (error: unknown): unknown => {
  if (error instanceof errors.JWTExpired) return invalidToken('The access token has ended: get a new one.')
  return error instanceof errors.JOSEError ? invalidToken(notOurs) : error
}

const configuredKeys = (keys: Keys): JWTVerifyGetKey => {
  const byId = new Map(publicKeys(keys).map((key) => [key.kid, key]))
  return ({ kid }) => {
    const key = byId.get(String(kid))
    if (!key) throw new errors.JWKSNoMatchingKey()
    return key
  }
}

/** @returns the standing of the space that the token acts for */
const standingOfActive = (deps: Deps, claims: Claims): Promise<Standing | null> =>
  readUnscoped(deps, async (tx) => {
    const [client, standing] = await Promise.all([
      findClient(tx, claims.client_id),
      standingOf(tx, claims.space ?? null),
    ])
    if (!client || client.revokedAt !== null)
      throw invalidToken('The client of this access token was revoked.')
    return standing
  })

const actorOf = ({ client_id: id, scope, space, operator }: Claims, standing: Standing | null): Actor => ({
  kind: 'client',
  id,
  owner: operator ? 'operator' : space ? 'space' : 'network',
  spaceId: space ?? null,
  operatorId: operator ?? null,
  scopes: new Set(scope.split(' ')),
  standing,
})

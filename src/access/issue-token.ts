import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { minute, second } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import { chosenSpace } from './chosen-space.ts'
import { authenticateClient, type Arriving } from './client-authentication.ts'
import type { Token, TokenRequest } from './contract.ts'
import { noteClientUsed } from './note-client-used.ts'
import { oauthProblem } from './oauth-problem.ts'
import { signingKey, tokenType } from './signing-keys.ts'

/** How long a token holds. */
const tokenLife = 10 * minute

/**
 * OAuth 2.0 client credentials (RFC 6749 §4.4): a signed token (RFC 9068) that acts for one space.
 * @throws Problem `invalid_client`, `too_many_requests`, `invalid_request`, `unsupported_grant_type`, `invalid_scope`, `invalid_target`
 */
export const issueToken = async (ctx: Ctx, arriving: Arriving, form: TokenRequest): Promise<Token> => {
  const client = await authenticateClient(ctx, arriving, form)
  if (form.grant_type !== 'client_credentials') {
    throw oauthProblem('unsupported_grant_type', 'Waggle knows grant_type=client_credentials alone.')
  }
  const scope = grantedScope(client.scopes, form.scope)
  const space = await chosenSpace(ctx, client, form.resource)
  const claims = {
    client_id: client.id,
    scope,
    ...(space !== null && { space }),
    ...(client.operatorId !== null && { operator: client.operatorId }),
  }
  await noteClientUsed(ctx, client)
  return {
    access_token: await sign(ctx, client.id, claims),
    token_type: 'Bearer',
    expires_in: tokenLife / second,
    scope,
  }
}

/** What was asked for, or all that the client holds: never less than was asked in silence. */
const grantedScope = (held: readonly string[], asked = ''): string => {
  const wanted = new Set(asked.split(' ').filter((scope) => scope !== ''))
  if ([...wanted].some((scope) => !held.includes(scope))) {
    throw oauthProblem('invalid_scope', 'The client does not hold every scope that was asked for.')
  }
  return held.filter((scope) => wanted.size === 0 || wanted.has(scope)).join(' ')
}

const sign = (ctx: Ctx, subject: string, claims: Record<string, string>): Promise<string> => {
  const key = signingKey(ctx.keys)
  const issuedAt = Math.floor(ctx.clock.now() / second)
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', typ: tokenType, kid: key.kid })
    .setIssuer(ctx.baseUrl)
    .setAudience(ctx.baseUrl)
    .setSubject(subject)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + tokenLife / second)
    .sign(key)
}

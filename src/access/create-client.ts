import { clients, type PublicJwk } from '../../db/schema/access.ts'
import type { Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import { rowsOf } from '../platform/database/statements.ts'
import { invalidField, notFound } from '../platform/errors.ts'
import { newId, type Id } from '../platform/ids.ts'
import type { Scope } from '../platform/operation.ts'
import { sha256 } from '../platform/sealing.ts'
import { newSecret } from './client-secret.ts'
import { clientView } from './client-view.ts'
import type { ClientView } from './contract-clients.ts'
import type { Client } from './find-client.ts'
import { reaches, type ClientOwner } from './own-clients.ts'
import { requireUsableKeys } from './public-keys.ts'
import { scopesFor, type OwnerKind } from './scopes.ts'

export interface NewClient {
  readonly name: string
  readonly owner: ClientOwner
  readonly scopes: readonly Scope[]
  /** It proves itself by these, and has no secret. */
  readonly publicKeys?: readonly PublicJwk[]
}

/** What the owner of a new client is told, once. */
export interface ClientSecret {
  readonly clientId: Id<'client'>
  readonly clientSecret: string
}

/**
 * Makes an API client, which proves itself by a secret or by keys of its own. The secret is in the answer alone; the table
 * holds a hash of it.
 * @throws Problem `validation_failed` for scopes that a client of this owner cannot hold or the caller does not hold, and for keys
 * that are none; `not_found` for an owner whom the caller does not act for
 */
export function createClient(
  ctx: Ctx,
  input: NewClient & { readonly publicKeys?: never },
): Promise<ClientView & ClientSecret>
export function createClient(
  ctx: Ctx,
  input: NewClient,
): Promise<ClientView & { readonly clientSecret: string | null }>
export function createClient(ctx: Ctx, input: NewClient) {
  return mutate(ctx, 'clients:write', async (tx) => {
    const clientSecret = input.publicKeys ? null : newSecret()
    const row = rowOf(input, clientSecret, newId('client', ctx.clock.now()), tx.now)
    if (!reaches(ctx, row.spaceRef)) throw notFound()
    requireHoldable(ctx, input)
    requireUsableKeys(input.publicKeys ?? [])
    await tx.insert(rowsOf(clients, [row]))
    const spaceId = row.spaceRef
    return {
      result: { ...clientView(row, tx.now), clientSecret },
      events: [],
      audit: { action: 'createClient', objectId: row.id, ...(spaceId && { spaceId }) },
    }
  })
}

const rowOf = (input: NewClient, secret: string | null, id: Id<'client'>, now: string): Client => ({
  id,
  name: input.name,
  secretHash: secret === null ? null : sha256(secret),
  previousSecretHash: null,
  previousSecretUntil: null,
  publicKeys: input.publicKeys ? [...input.publicKeys] : null,
  ...ownerColumns(input),
  scopes: [...new Set(input.scopes)],
  createdAt: now,
  revokedAt: null,
  lastUsedAt: null,
})

const ownerColumns = ({ owner }: NewClient): Pick<Client, 'spaceRef' | 'operatorId'> => {
  if (owner === 'network') return { spaceRef: null, operatorId: null }
  return 'spaceId' in owner
    ? { spaceRef: owner.spaceId, operatorId: null }
    : { spaceRef: null, operatorId: owner.operatorId }
}

const ownerKind = ({ owner }: NewClient): OwnerKind =>
  owner === 'network' ? 'network' : 'spaceId' in owner ? 'space' : 'operator'

/** Nor does a personal token of few scopes make a client of many. */
const requireHoldable = ({ actor }: Ctx, input: NewClient) => {
  const kind = ownerKind(input)
  const holdable = scopesFor(kind).filter((scope) => actor.kind !== 'manager' || actor.scopes.has(scope))
  if (input.scopes.length === 0 || input.scopes.some((scope) => !holdable.includes(scope))) {
    throw invalidField('/scopes', `must be some of ${holdable.join(', ')} for a client of this ${kind}`)
  }
}

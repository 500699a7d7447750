import { randomBytes } from 'node:crypto'
import { clients } from '../../db/schema/access.ts'
import type { Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import { rowsOf } from '../platform/database/statements.ts'
import { invalidField } from '../platform/errors.ts'
import { newId, type Id } from '../platform/ids.ts'
import type { Scope } from '../platform/operation.ts'
import { sha256 } from '../platform/sealing.ts'
import { scopesFor, type OwnerKind } from './scopes.ts'

export interface NewClient {
  readonly name: string
  readonly owner: { readonly spaceId: Id<'space'> } | { readonly operatorId: Id<'operator'> } | 'network'
  readonly scopes: readonly Scope[]
}

/** What the owner of a new client is told, once. */
export interface ClientSecret {
  readonly clientId: Id<'client'>
  readonly clientSecret: string
}

/**
 * Makes an API client. Its secret is in the answer alone; the table holds a hash of it.
 * @throws Problem `validation_failed` for scopes that a client of this owner cannot hold
 */
export const createClient = (ctx: Ctx, input: NewClient): Promise<ClientSecret> =>
  mutate(ctx, 'network:admin', async (tx) => {
    requireHoldable(input)
    const clientId = newId('client', ctx.clock.now())
    const clientSecret = newSecret()
    const { name, owner } = input
    const spaceRef = owner !== 'network' && 'spaceId' in owner ? owner.spaceId : null
    const operatorId = owner !== 'network' && 'operatorId' in owner ? owner.operatorId : null
    await tx.insert(
      rowsOf(clients, [
        {
          previousSecretHash: null,
          previousSecretUntil: null,
          publicKeys: null,
          lastUsedAt: null,
          id: clientId,
          name,
          secretHash: sha256(clientSecret),
          spaceRef,
          operatorId,
          scopes: [...new Set(input.scopes)],
          createdAt: tx.now,
          revokedAt: null,
        },
      ]),
    )
    return {
      result: { clientId, clientSecret },
      events: [],
      audit: { action: 'createClient', objectId: clientId, ...(spaceRef && { spaceId: spaceRef }) },
    }
  })

/** 256 random bits, marked as ours so that scanners for leaked secrets can find them. */
const newSecret = () => `waggle_${randomBytes(32).toString('base64url')}`

const ownerKind = ({ owner }: NewClient): OwnerKind =>
  owner === 'network' ? 'network' : 'spaceId' in owner ? 'space' : 'operator'

const requireHoldable = (input: NewClient) => {
  const kind = ownerKind(input)
  const holdable = scopesFor(kind)
  if (input.scopes.length === 0 || input.scopes.some((scope) => !holdable.includes(scope))) {
    throw invalidField('/scopes', `must be some of ${holdable.join(', ')} for a client of this ${kind}`)
  }
}

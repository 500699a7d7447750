import { and, eq } from 'drizzle-orm'
import { spaces } from '../../db/schema/spaces.ts'
import type { Ctx } from '../platform/context.ts'
import { spaceId as spaceIdSchema } from '../platform/contract.ts'
import { readUnscoped } from '../platform/database/door.ts'
import { arg, statement } from '../platform/database/statements.ts'
import type { Id } from '../platform/ids.ts'
import type { Client } from './find-client.ts'
import { oauthProblem } from './oauth-problem.ts'

const firstSpacesOfOperator = statement('firstSpacesOfOperator', (db) =>
  db
    .select({ id: spaces.id })
    .from(spaces)
    .where(eq(spaces.operatorId, arg(spaces.operatorId, 'operatorId')))
    .limit(2),
)

const spaceOfOperator = statement('spaceOfOperator', (db) =>
  db
    .select({ id: spaces.id })
    .from(spaces)
    .where(
      and(
        eq(spaces.id, arg(spaces.id, 'spaceId')),
        eq(spaces.operatorId, arg(spaces.operatorId, 'operatorId')),
      ),
    ),
)

const invalidTarget = (description: string) => oauthProblem('invalid_target', description)

/**
 * The space that a token of this client acts for, chosen by `resource` (RFC 8707); null for a client of the network
 * and for an operator that has no space yet.
 * @throws Problem `invalid_target`
 */
export const chosenSpace = async (
  ctx: Ctx,
  client: Client,
  resource: string | undefined,
): Promise<Id<'space'> | null> => {
  const asked = resource ? spaceOfResource(ctx.baseUrl, resource) : undefined
  if (client.operatorId !== null) return spaceForOperator(ctx, client.operatorId, asked)
  if (asked !== undefined && asked !== client.spaceRef) {
    throw invalidTarget('The client does not act for the space that resource names.')
  }
  return client.spaceRef
}

const spaceOfResource = (baseUrl: string, resource: string): Id<'space'> => {
  const prefix = `${baseUrl}/v1/spaces/`
  const id = spaceIdSchema.safeParse(resource.startsWith(prefix) ? resource.slice(prefix.length) : null)
  if (!id.success)
    throw invalidTarget('resource must be the address of a space: <base URL>/v1/spaces/spc_...')
  return id.data
}

const spaceForOperator = async (
  ctx: Ctx,
  operatorId: Id<'operator'>,
  asked: Id<'space'> | undefined,
): Promise<Id<'space'> | null> => {
  const found = await readUnscoped(ctx, (tx) =>
    asked === undefined
      ? tx.run(firstSpacesOfOperator, { operatorId })
      : tx.run(spaceOfOperator, { operatorId, spaceId: asked }),
  )
  if (found.length > 1) throw invalidTarget('The operator has several spaces: choose one with resource.')
  // An operator that has no space yet may still register its first one.
  if (found[0] === undefined && asked === undefined) return null
  if (found[0] === undefined) throw invalidTarget('The operator has no such space.')
  return found[0].id
}

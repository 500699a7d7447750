import { spaceOf, type Ctx } from '../platform/context.ts'
import type { ReadTx } from '../platform/database/door.ts'
import { notFound } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { findClient, type Client } from './find-client.ts'

/** To whom a client belongs. */
export type ClientOwner =
  { readonly spaceId: Id<'space'> } | { readonly operatorId: Id<'operator'> } | 'network'

type Caller = Pick<Ctx, 'actor'>

const isInstallation = ({ actor }: Caller) => actor.kind === 'steward' || actor.kind === 'clock'

const isSteward = ({ actor }: Caller) => actor.kind === 'manager' && actor.role === 'steward'

/** The space whose clients somebody sees and changes; null for a steward: those of the network and of operators. */
export const spaceOfClients = (ctx: Ctx): Id<'space'> | null => (isSteward(ctx) ? null : spaceOf(ctx))

/** Whose client somebody makes: of the space for which they act; as steward, of the network. */
export const ownOwner = (ctx: Ctx): ClientOwner => {
  const spaceId = spaceOfClients(ctx)
  return spaceId === null ? 'network' : { spaceId }
}

/** Whether somebody sees and changes what belongs to this space (null: to the network or an operator). */
export const reaches = (ctx: Ctx, spaceRef: Id<'space'> | null): boolean =>
  isInstallation(ctx) || spaceOfClients(ctx) === spaceRef

/** @throws Problem `not_found` for a client that is none of the caller's */
export const ownClient = async (ctx: Ctx, tx: ReadTx, clientId: Id<'client'>): Promise<Client> => {
  const client = await findClient(tx, clientId)
  if (!client || !reaches(ctx, client.spaceRef)) throw notFound()
  return client
}

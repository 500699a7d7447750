import type { Identity } from '../access/manager-identity.ts'
import type { Ctx } from '../platform/context.ts'
import type { Id } from '../platform/ids.ts'
import { unseal } from '../platform/sealing.ts'

/** To which row the contact of an application is sealed. */
export const contactBinding = (id: Id<'application'>): string => `application:${id}`

/** Who applied, until there is a manager of that address. */
export const contactOf = ({ keys }: Pick<Ctx, 'keys'>, id: Id<'application'>, contact: Buffer): Identity =>
  JSON.parse(unseal(keys.seal, contact, contactBinding(id))) as Identity

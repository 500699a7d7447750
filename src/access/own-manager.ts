import type { Ctx } from '../platform/context.ts'
import { notFound } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'

/** The person who acts. @throws Problem `not_found` for who is no person */
export const ownManagerId = ({ actor }: Pick<Ctx, 'actor'>): Id<'manager'> => {
  if (actor.kind !== 'manager') throw notFound()
  return actor.id
}

import { givesAway, type Contact } from '../members/identity.ts'
import type { Ctx } from '../platform/context.ts'
import type { ReadTx } from '../platform/database/door.ts'
import { invalidField, Problem } from '../platform/errors.ts'
import { textsOf } from './cards.ts'
import type { InHand } from './step.ts'
import { contactIn } from './view.ts'

/**
 * What one side writes to the other about a member. After the member erased it all, nothing is written anew; and a
 * forwarder who never saw the member is not told who it is by the receiver's way.
 * @throws Problem `identity_in_brief`, `validation_failed`
 */
export const checkNote = async (
  ctx: Ctx,
  tx: ReadTx,
  { mine, senderId, party }: InHand,
  note: string | undefined,
): Promise<void> => {
  if (note === undefined) return
  if (mine.erasedAt !== null) {
    throw invalidField('/note', 'cannot be kept: what was written about the member is erased')
  }
  if (mine.senderSeesContact || party !== 'receiver') return
  const contact: Contact | null = contactIn(await textsOf(ctx, tx, senderId, mine.id))
  if (!contact || !givesAway(note, contact, mine.consentNamed)) return
  throw new Problem('identity_in_brief', 'The space that passed the member on never saw who it is.', {
    errors: [{ pointer: '/note', detail: 'holds a name, e-mail or phone number of the member' }],
  })
}

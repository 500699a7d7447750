import { inArray } from 'drizzle-orm'
import { spaces, type Address } from '../../db/schema/spaces.ts'
import type { Contact } from '../members/identity.ts'
import type { Deps } from '../platform/context.ts'
import { readUnscoped } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import { cardOf, textsOf, type CardRow } from './cards.ts'
import type { LinkTarget } from './member-consent.ts'
import { briefIn, contactIn, isContactOpen, type BriefText } from './view.ts'

/** What is told of a space to the people of a referral; `contactEmail` is for mails between them alone. */
export interface Place {
  readonly id: Id<'space'>
  readonly name: string
  readonly city: string
  readonly address: Address
  readonly lat: number
  readonly lon: number
  readonly website: string | null
  readonly contactEmail: string | null
}

/** A referral as the member may know it, and as mails about it need it. */
export interface WholeReferral {
  /** The sender's card. */
  readonly card: CardRow
  readonly sender: Place
  readonly receiver: Place
  /** Null once it was erased. */
  readonly contact: Contact | null
  readonly brief: BriefText | null
  readonly termsNote: string | null
  readonly message: string | null
  /** Whether the receiver may see the contact. */
  readonly isOpenToReceiver: boolean
}

const placeColumns = {
  id: spaces.id,
  name: spaces.name,
  city: spaces.city,
  address: spaces.address,
  lat: spaces.lat,
  lon: spaces.lon,
  website: spaces.website,
  contactEmail: spaces.contactEmail,
}

/**
 * Reads a referral for the member's own page and for mails: on nobody's behalf, by the sender's side.
 * @returns null when there is no such referral
 */
export const readWholeReferral = (
  deps: Pick<Deps, 'db' | 'clock' | 'keys'>,
  { senderId, referralId }: LinkTarget,
): Promise<WholeReferral | null> =>
  readUnscoped(deps, async (tx) => {
    const found = await cardOf(tx, senderId, referralId)
    if (!found) return null
    const { card } = found
    const [texts, places] = await Promise.all([
      textsOf(deps, tx, senderId, referralId),
      tx.db
        .select(placeColumns)
        .from(spaces)
        .where(inArray(spaces.id, [senderId, card.peerId])),
    ])
    const sender = places.find(({ id }) => id === senderId)
    const receiver = places.find(({ id }) => id === card.peerId)
    if (!sender || !receiver) return null
    return {
      card,
      sender,
      receiver,
      contact: contactIn(texts),
      brief: briefIn(texts),
      termsNote: texts.get('terms_note') ?? null,
      message: texts.get('message') ?? null,
      isOpenToReceiver: isContactOpen({ ...card, role: 'receiver' }),
    }
  })

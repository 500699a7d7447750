import { inArray } from 'drizzle-orm'
import { spaces, type Address } from '../../db/schema/spaces.ts'
import type { Contact } from '../members/identity.ts'
import type { Deps } from '../platform/context.ts'
import { readUnscoped, type ReadTx } from '../platform/database/door.ts'
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
  /** IANA name of the zone whose clock hangs there. */
  readonly timezone: string
  readonly website: string | null
  readonly contactEmail: string | null
}

/** A referral as the member may know it, and as mails about it need it. */
export interface WholeReferral {
  /** The sender's card. */
  readonly card: CardRow
  readonly sender: Place
  readonly receiver: Place
  /** Who sent the member first: the sender itself, unless the referral was forwarded to here. */
  readonly origin: Place
  /** Where the receiver would pass the member on to; null when it does not. */
  readonly forwardedTo: Place | null
  /** Where the forwarding came to its end, be it after another hop; null while it has not. */
  readonly endedAt: Place | null
  /** Null once it was erased. */
  readonly contact: Contact | null
  readonly brief: BriefText | null
  readonly termsNote: string | null
  readonly message: string | null
  /** What the receiver asked before it decided, and what it was told. */
  readonly question: string | null
  readonly answer: string | null
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
  timezone: spaces.timezone,
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
    const [texts, places] = await Promise.all([textsOf(deps, tx, senderId, referralId), placesOf(tx, card)])
    if (!places) return null
    return {
      card,
      ...places,
      contact: contactIn(texts),
      brief: briefIn(texts),
      termsNote: texts.get('terms_note') ?? null,
      message: texts.get('message') ?? null,
      question: texts.get('question') ?? null,
      answer: texts.get('answer') ?? null,
      isOpenToReceiver: isContactOpen({ ...card, role: 'receiver' }),
    }
  })

/** The spaces that a referral goes between, comes from and goes on to. */
const placesOf = async (tx: ReadTx, card: CardRow) => {
  const { spaceId, peerId, originId, forwardedToId } = card
  const endedAtId = card.finalOutcome === null ? null : await lastPlaceOf(tx, card)
  const ids = [spaceId, peerId, originId, forwardedToId, endedAtId].filter((id) => id !== null)
  const places = await tx.db.select(placeColumns).from(spaces).where(inArray(spaces.id, ids))
  const placeOf = (id: Id<'space'> | null) => places.find((place) => place.id === id)
  const [sender, receiver, origin] = [placeOf(spaceId), placeOf(peerId), placeOf(originId)]
  if (!sender || !receiver || !origin) return null
  return {
    sender,
    receiver,
    origin,
    forwardedTo: placeOf(forwardedToId) ?? null,
    endedAt: placeOf(endedAtId) ?? null,
  }
}

/** Where the last referral of a chain went: each next one is sent by whom the one before it reached. */
const lastPlaceOf = async (tx: ReadTx, { childId, peerId }: CardRow): Promise<Id<'space'>> => {
  const next = childId === null ? undefined : await cardOf(tx, peerId, childId)
  return next ? lastPlaceOf(tx, next.card) : peerId
}

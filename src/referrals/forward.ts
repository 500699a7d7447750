import { referralEvents, referrals, referralTexts } from '../../db/schema/referrals.ts'
import type { z } from 'zod'
import { spaces } from '../../db/schema/spaces.ts'
import { inArray } from 'drizzle-orm'
import { givesAway, type Contact } from '../members/identity.ts'
import { millisOf } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import type { ReadTx, WriteTx } from '../platform/database/door.ts'
import { rowsOf, type Rows } from '../platform/database/statements.ts'
import { invalidField, Problem } from '../platform/errors.ts'
import { newId, type Id } from '../platform/ids.ts'
import { emptyCard, textRow, textsOf, type CardRow } from './cards.ts'
import { nextDueOf } from './clocks.ts'
import type { Referral } from './contract-referral.ts'
import type { forwardReferral as contract } from './contract-transitions.ts'
import { eventRows, happeningOf } from './history.ts'
import { warningsOf } from './receiving.ts'
import {
  consentMail,
  deadlineOf,
  linkRow,
  linkRows,
  receptionAt,
  requireMaySend,
  spacesAtSending,
} from './submission.ts'
import type { InHand } from './step.ts'
import { transition } from './transition.ts'
import { briefIn, contactIn, isContactOpen, type Texts } from './view.ts'

type Forwarding = z.output<typeof contract.body>

/**
 * The receiver passes the member on to a space that fits better: a referral of its own begins there, for which the
 * member is asked anew. The forwarder sees of the member what it saw before, and no more.
 * @throws Problem `receiver_paused`, `identity_in_brief`, `member_unreachable` when the member cannot be asked by mail, `validation_failed`
 */
export const forwardReferral = (
  ctx: Ctx,
  referralId: Id<'referral'>,
  { toSpaceId, note }: Forwarding,
  ifMatch?: string,
): Promise<Referral> =>
  transition(ctx, {
    event: 'forward',
    action: 'forwardReferral',
    referralId,
    ifMatch,
    step: async (referral, tx) => {
      const { sender, receiver } = await spacesAtSending(tx, referral.receiverId, toSpaceId)
      requireMaySend(ctx, sender, 'referrals:start')
      await checkChain(tx, referral, toSpaceId)
      if (!receiver || receptionAt(receiver, tx.now).kind === 'invite') {
        throw invalidField('/toSpaceId', 'is not a space of the network')
      }
      const texts = await textsOf(ctx, tx, referral.senderId, referralId)
      const contact = contactIn(texts)
      if (!contact?.email) throw new Problem('member_unreachable')
      checkNote(referral, note, contact)
      const child = childOf(ctx, tx, referral, receiver)
      return {
        to: 'forwarded',
        patch: { childId: child.id, forwardedToId: toSpaceId, withdrawalRequestedAt: null },
        rows: childRows(ctx, tx, child, { texts, contact, note }),
        events: [happeningOf(child.spaceId, child, 'submit'), ...consentMail(child, contact)],
      }
    },
  })

/**
 * A forwarder who knows the member is not to name them. One who does not can only happen upon a part of the name, and is
 * not told so: refusals would let it be guessed.
 */
const checkNote = ({ mine }: InHand, note: string | undefined, contact: Contact) => {
  if (note === undefined || !isContactOpen(mine) || !givesAway(note, contact, mine.consentNamed)) return
  throw new Problem('identity_in_brief', 'The next space reads this before accepting.', {
    errors: [{ pointer: '/note', detail: 'holds a name, e-mail or phone number of the member' }],
  })
}

/** No space and no operator comes twice in the way of a member. */
const checkChain = async (tx: ReadTx, { mine, senderId, receiverId }: InHand, to: Id<'space'>) => {
  const chain = [...mine.trail.map(({ spaceId }) => spaceId as Id<'space'>), senderId, receiverId]
  if (chain.includes(to)) throw invalidField('/toSpaceId', 'has had this referral already')
  const rows = await tx.db
    .select({ id: spaces.id, operatorId: spaces.operatorId })
    .from(spaces)
    .where(inArray(spaces.id, [...chain, to]))
  const operator = rows.find(({ id }) => id === to)?.operatorId ?? null
  if (operator !== null && rows.some(({ id, operatorId }) => id !== to && operatorId === operator)) {
    throw invalidField('/toSpaceId', 'belongs to an operator that has had this referral already')
  }
}

type Receiver = NonNullable<Awaited<ReturnType<typeof spacesAtSending>>['receiver']>

const childOf = (ctx: Ctx, tx: WriteTx, referral: InHand, receiver: Receiver): CardRow => {
  const { mine, senderId, receiverId, personHash } = referral
  const card = {
    ...emptyCard,
    spaceId: receiverId,
    id: newId('referral', millisOf(tx.now)),
    peerId: receiver.id,
    originId: mine.originId,
    trail: [...mine.trail, { referralId: mine.id, spaceId: senderId }],
    status: 'awaiting_consent' as const,
    phase: 'preparing',
    stay: mine.stay,
    needs: mine.needs,
    externalRef: null,
    consentKind: 'link' as const,
    consentHow: null,
    consentOn: null,
    // The member is asked whether to be named there, too: what was written for one who is, may hold the name.
    consentNamed: mine.consentNamed,
    warnings: warningsOf(receiver.hostingPolicy, mine.stay, mine.needs, tx.now),
    createdAt: tx.now,
    invitedAt: null,
    submittedAt: tx.now,
    sentAt: null,
    updatedAt: tx.now,
    senderSeesContact: isContactOpen(mine),
    memberLanguage: mine.memberLanguage,
    personHash,
    ...deadlineOf(ctx, 'awaiting_consent', receiver.hostingPolicy, tx.now),
  }
  return { ...card, ...nextDueOf(card, ctx.policy, millisOf(tx.now)) }
}

interface Words {
  readonly texts: Texts
  readonly contact: Contact
  readonly note: string | undefined
}

const childRows = (ctx: Ctx, tx: WriteTx, child: CardRow, { texts, contact, note }: Words): Rows[] => {
  const brief = { summary: briefIn(texts)?.summary ?? '', ...(note !== undefined && { note }) }
  const words = { from: null, to: 'awaiting_consent', event: 'submit', party: 'sender' } as const
  return [
    rowsOf(referrals, [child]),
    rowsOf(referralTexts, [
      textRow(ctx, child.spaceId, child.id, 'contact', JSON.stringify(contact)),
      textRow(ctx, child.spaceId, child.id, 'brief', JSON.stringify(brief)),
    ]),
    linkRows([linkRow(ctx, 'member', child)]),
    rowsOf(referralEvents, eventRows(tx, child.id, [child.spaceId], child.version, words)),
  ]
}

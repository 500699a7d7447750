import { referralEvents, referrals, referralTexts } from '../../db/schema/referrals.ts'
import { givesAway, type Contact } from '../members/identity.ts'
import { personHashOf } from '../members/person-hash.ts'
import { dayOf, millisOf } from '../platform/clock.ts'
import { spaceOf, type Ctx } from '../platform/context.ts'
import { mutate, type WriteTx } from '../platform/database/door.ts'
import { brokenConstraint } from '../platform/database/pool.ts'
import { rowsOf, type Rows } from '../platform/database/statements.ts'
import { invalidField, Problem } from '../platform/errors.ts'
import { newId, type Id } from '../platform/ids.ts'
import { settle } from '../reciprocity/settle.ts'
import { primarySubtag } from '../words/language.ts'
import { emptyCard, textRow, type CardRow } from './cards.ts'
import { nextDueOf } from './clocks.ts'
import type { Referral, SendBody } from './contract-referral.ts'
import { phaseOf, type Status } from './lifecycle.ts'
import { warningsOf, type Reception } from './receiving.ts'
import {
  arrivalMail,
  consentMail,
  deadlineOf,
  deliveryRows,
  linkRow,
  linkRows,
  receptionAt,
  requireMaySend,
  spacesAtSending,
  submittedStatus,
  type SpaceAtSending,
} from './submission.ts'
import { eventRows, happeningOf } from './history.ts'
import { referralView } from './view.ts'

/**
 * Refers a member to another space. With attested consent it is sent at once; with consent by link the member is asked
 * first; to a space outside the network it stays a draft with an invitation.
 * @throws Problem `receiver_paused`, `identity_in_brief`, `external_ref_taken`, `space_not_admitted`, `space_suspended`,
 *   `validation_failed`
 */
export const sendReferral = async (ctx: Ctx, body: SendBody): Promise<Referral> => {
  const senderId = spaceOf(ctx)
  checkBody(body, senderId, dayOf(ctx.clock.now()))
  checkAnonymity(body, body.consent.named)
  const permission = body.draft ? 'referrals:draft' : 'referrals:start'
  try {
    return await mutate(ctx, permission, async (tx) => {
      const { sender, receiver } = await spacesAtSending(tx, senderId, body.toSpaceId)
      requireMaySend(ctx, sender, permission)
      if (!receiver) throw invalidField('/toSpaceId', 'is not a space that you can refer to')
      const reception = receptionAt(receiver, tx.now)
      // An invitation is read before a member who is asked by link has said yes to anything.
      if (reception.kind === 'invite' && body.consent.kind === 'link') checkAnonymity(body, false)
      const card = newCard(ctx, tx, { senderId, receiver, body, reception })
      await write(ctx, tx, card, body)
      return {
        result: referralView(ctx, card, peerOf(receiver), ownTexts(body)),
        events: [
          ...holdersOf(card).map((spaceId) => happeningOf(spaceId, card, beginning(card))),
          ...(card.sentAt ? [arrivalMail(card)] : []),
          ...(card.submittedAt ? consentMail(card, contactOf(body)) : []),
        ],
        audit: { action: 'sendReferral', objectId: card.id, spaceId: senderId },
      }
    })
  } catch (error) {
    if (brokenConstraint(error) !== 'referrals_external_ref') throw error
    throw new Problem('external_ref_taken', 'You have another referral with this externalRef.')
  }
}

/** What JSON Schema cannot say. */
const checkBody = ({ member, brief, consent, toSpaceId }: SendBody, senderId: Id<'space'>, today: string) => {
  if (toSpaceId === senderId) throw invalidField('/toSpaceId', 'is your own space')
  if (!member.email && !member.phone) throw invalidField('/member', 'needs an email or a phone')
  if (consent.kind === 'link' && !member.email)
    throw invalidField('/member/email', 'is required for consent by link')
  if (consent.kind === 'attested' && consent.obtainedOn > today) {
    throw invalidField('/consent/obtainedOn', 'is in the future')
  }
  const { from, to } = brief.needs ?? {}
  if (from && to && to < from) throw invalidField('/brief/needs/to', 'is before `from`')
}

/** @param mayName the member has agreed to be named to whoever reads this */
const checkAnonymity = ({ member, brief, note }: SendBody, mayName: boolean) => {
  const words = (codes: string[] | undefined) => codes?.join(' ').replaceAll(/[_-]/g, ' ') ?? ''
  const texts = {
    '/brief/summary': brief.summary,
    '/brief/needs/amenities': words(brief.needs?.amenities),
    '/brief/needs/languages': words(brief.needs?.languages),
    '/note': note ?? '',
  }
  const telling = Object.entries(texts).filter(([, text]) => givesAway(text, member, mayName))
  if (telling.length > 0) {
    throw new Problem(
      'identity_in_brief',
      'The receiver reads this before accepting: leave out who the member is.',
      {
        errors: telling.map(([pointer]) => ({
          pointer,
          detail: 'holds a name, e-mail or phone number of the member',
        })),
      },
    )
  }
}

interface Sending {
  readonly senderId: Id<'space'>
  readonly receiver: SpaceAtSending
  readonly body: SendBody
  readonly reception: Reception
}

const newCard = (ctx: Ctx, tx: WriteTx, { senderId, receiver, body, reception }: Sending): CardRow => {
  const { brief, consent } = body
  const isInvitation = reception.kind === 'invite'
  const isDraft = body.draft || isInvitation
  const status: Status = isDraft ? 'draft' : submittedStatus({ consentKind: consent.kind })
  const attested = consent.kind === 'attested' ? consent : null
  const card = {
    ...emptyCard,
    spaceId: senderId,
    id: newId('referral', millisOf(tx.now)),
    peerId: receiver.id,
    originId: senderId,
    status,
    phase: phaseOf(status),
    stay: brief.stay,
    needs: brief.needs ?? {},
    externalRef: body.externalRef ?? null,
    consentKind: consent.kind,
    consentHow: attested?.how ?? null,
    consentOn: attested?.obtainedOn ?? null,
    consentNamed: consent.named,
    warnings: warningsOf(receiver.hostingPolicy, brief.stay, brief.needs ?? {}, tx.now),
    createdAt: tx.now,
    invitedAt: isInvitation ? tx.now : null,
    submittedAt: isDraft ? null : tx.now,
    sentAt: status === 'sent' ? tx.now : null,
    updatedAt: tx.now,
    personHash: personHashOf(ctx.keys.person, contactOf(body)),
    linkByHand: !body.member.email,
    memberLanguage: body.member.language === undefined ? null : primarySubtag(body.member.language),
    ...deadlineOf(ctx, status, receiver.hostingPolicy, tx.now),
  }
  return { ...card, ...nextDueOf(card, ctx.policy, millisOf(tx.now)) }
}

const write = async (ctx: Ctx, tx: WriteTx, card: CardRow, body: SendBody): Promise<void> => {
  const contact = contactOf(body)
  const own: Rows[] = [
    rowsOf(referrals, [card]),
    rowsOf(
      referralTexts,
      [...ownTexts(body)].map(([kind, text]) => textRow(ctx, card.spaceId, card.id, kind, text)),
    ),
    linkRows([linkRow(ctx, 'member', card), ...(card.invitedAt ? [linkRow(ctx, 'invitation', card)] : [])]),
  ]
  const from = card.submittedAt ? ('draft' as const) : null
  const words = { from, to: card.status as Status, event: beginning(card), party: 'sender' as const }
  const events = rowsOf(referralEvents, eventRows(tx, card.id, holdersOf(card), card.version, words))
  if (!card.sentAt) {
    await tx.insert(...own, events)
    return
  }
  const counts = { sent: 1, received: 1 }
  const { id: referralId, spaceId: originId, peerId: receiverId } = card
  await settle(tx, ctx.policy, { referralId, originId, receiverId, counts, weighed: null }, [
    ...own,
    ...deliveryRows(ctx, card, { brief: briefText(body), contact }),
    events,
  ])
}

const beginning = (card: CardRow) => (card.submittedAt ? ('submit' as const) : ('draft' as const))

const holdersOf = (card: CardRow) => (card.sentAt ? [card.spaceId, card.peerId] : [card.spaceId])

const contactOf = ({ member: { name, email, phone } }: SendBody): Contact => ({
  name,
  ...(email !== undefined && { email }),
  ...(phone !== undefined && { phone }),
})

const briefText = ({ brief, note }: SendBody) =>
  JSON.stringify({ summary: brief.summary, ...(note !== undefined && { note }) })

const ownTexts = (body: SendBody) =>
  new Map([
    ['contact', JSON.stringify(contactOf(body))],
    ['brief', briefText(body)],
  ] as const)

const peerOf = ({ id, name, slug, city, countryCode }: SpaceAtSending) => ({
  id,
  name,
  slug,
  city,
  countryCode,
})

import { createHash } from 'node:crypto'
import { linkUrl } from '../members/link.ts'
import type { Contact } from '../members/identity.ts'
import type { Deps } from '../platform/context.ts'
import type { CardRow, PeerRow, TextKind } from './cards.ts'
import type { Card } from './contract-card.ts'
import type { Referral } from './contract-referral.ts'
import { isDisputeOpen } from './clocks.ts'
import { isOpen, phaseOf, type Phase, type Status } from './lifecycle.ts'

/** The words of one side about a referral, opened. */
export type Texts = ReadonlyMap<TextKind, string>

/**
 * Whether this side may see the member. The sender may, unless it forwarded somebody whom it never saw; the receiver once it has accepted, and once the member
 * has said yes or has been told. A revoked consent hides the contact from both at once.
 */
export const isContactOpen = (card: CardRow): boolean => {
  if (card.status === 'consent_revoked' || card.erasedAt !== null) return false
  if (card.role === 'sender') return card.senderSeesContact
  return (
    card.acceptedAt !== null && card.status !== 'declined' && (card.consentedAt ?? card.noticeAt) !== null
  )
}

const askedIn: Readonly<Record<Phase, 'sender' | 'receiver' | null>> = {
  preparing: 'sender',
  pending: 'receiver',
  active: 'receiver',
  closed: null,
}

/** Whose move it is. */
const waitingFor = (card: CardRow) => {
  if (isDisputeOpen(card)) return 'steward'
  if (card.status === 'awaiting_consent') return 'member'
  if (card.status === 'info_requested') return 'sender'
  return card.claim ? 'receiver' : askedIn[phaseOf(card.status as Status)]
}

/** A card as lists show it. */
export const cardView = (card: CardRow, peer: PeerRow): Card => ({
  id: card.id,
  role: card.role,
  peer,
  phase: phaseOf(card.status as Status),
  status: card.status,
  version: card.version,
  stay: card.stay,
  needs: card.needs,
  externalRef: card.externalRef,
  warnings: card.warnings,
  consent: {
    kind: card.consentKind,
    how: card.consentHow,
    obtainedOn: card.consentOn,
    named: card.consentNamed,
    grantedAt: card.consentedAt,
    noticeAt: card.noticeAt,
  },
  contactOpen: isContactOpen(card),
  declineReason: card.declineReason,
  redirectToSpaceId: card.redirectToSpaceId,
  termsKind: card.termsKind,
  visitedOn: card.visitedOn,
  outcome: card.outcome,
  outcomeReason: card.outcomeReason,
  reached: card.reached,
  nextDue: card.nextDue,
  nextDueAt: card.nextDueAt,
  waitingFor: waitingFor(card),
  answerBy: card.answerBy,
  overdueAt: card.overdueAt,
  scheduledFor: card.scheduledFor,
  noShows: card.noShows,
  withdrawalRequestedAt: card.withdrawalRequestedAt,
  joinedAt: card.joinedAt,
  joinConfirmedAt: card.joinConfirmedAt,
  leftAt: card.leftAt,
  heldUntil: card.heldUntil,
  memberReport: card.memberReport,
  claim: card.claim,
  dispute: card.dispute,
  originId: card.originId,
  childId: card.childId,
  forwardedToId: card.forwardedToId,
  finalOutcome: card.finalOutcome,
  createdAt: card.createdAt,
  sentAt: card.sentAt,
  acceptedAt: card.acceptedAt,
  closedAt: card.closedAt,
  updatedAt: card.updatedAt,
})

/** The sealed words that the brief is kept as. */
export interface BriefText {
  readonly summary: string
  readonly note?: string
}

/** A referral as one side sees it, without the member: answers to writes are kept for replay, and hold no contact. */
export const referralView = (
  deps: Pick<Deps, 'baseUrl' | 'keys'>,
  card: CardRow,
  peer: PeerRow,
  texts: Texts,
): Referral => {
  const brief = briefIn(texts)
  return {
    ...cardView(card, peer),
    brief: brief && { summary: brief.summary, stay: card.stay, needs: card.needs },
    note: brief?.note ?? null,
    member: null,
    message: texts.get('message') ?? null,
    termsNote: texts.get('terms_note') ?? null,
    declineNote: texts.get('decline_note') ?? null,
    question: texts.get('question') ?? null,
    answer: texts.get('answer') ?? null,
    disputeNote: texts.get('dispute_note') ?? null,
    disputeAnswer: texts.get('dispute_answer') ?? null,
    ...linksOf(deps, card, contactIn(texts)),
    nudge: null,
  }
}

/** What the sender is to pass on by hand, while there is something to pass on. */
const linksOf = (deps: Pick<Deps, 'baseUrl' | 'keys'>, card: CardRow, contact: Contact | null) => {
  const url = (kind: 'member' | 'invitation') => linkUrl(deps.baseUrl, deps.keys.link, kind, card)
  const isSender = card.role === 'sender'
  const tellsByHand =
    isSender && contact !== null && !contact.email && card.noticeAt === null && card.sentAt !== null
  return {
    memberUrl: tellsByHand ? url('member') : null,
    inviteUrl: isSender && card.status === 'draft' && card.invitedAt !== null ? url('invitation') : null,
  }
}

/** The member, for the answer to a read by a side that may see them. */
export const memberView = (card: CardRow, texts: Texts): Referral['member'] => {
  const contact = isContactOpen(card) ? contactIn(texts) : null
  if (contact) return { name: contact.name, email: contact.email ?? null, phone: contact.phone ?? null }
  const name = isOpen(card.status as Status) ? texts.get('name') : undefined
  return name === undefined ? null : { name, email: null, phone: null }
}

/** Who the member is; null once it was erased. */
export const contactIn = (texts: Texts) => parsed(texts.get('contact')) as Contact | null

export const briefIn = (texts: Texts) => parsed(texts.get('brief')) as BriefText | null

const parsed = (text: string | undefined): unknown => (text === undefined ? null : JSON.parse(text))

interface Seen {
  readonly role: string
  readonly updatedAt: string
  readonly heldUntil: string | null
  readonly nextDue: string | null
  readonly nextDueAt: string | null
}

/**
 * Changes with the side that looks, whenever its card does, and with what a probation's end or another policy moves, which
 * leave `updatedAt` as it is.
 */
export const referralEtag = ({ role, updatedAt, heldUntil, nextDue, nextDueAt }: Seen): string => {
  const parts = [role, updatedAt, heldUntil, nextDue, nextDueAt].join(':')
  return `"${createHash('sha256').update(parts).digest('base64url').slice(0, 16)}"`
}

import { and, asc, desc, eq, gte, inArray } from 'drizzle-orm'
import { auditLog } from '../../db/schema/events.ts'
import { ledgerEntries } from '../../db/schema/reciprocity.ts'
import { referralEvents } from '../../db/schema/referrals.ts'
import { mostOpenings, type MemberExport } from '../members/contract.ts'
import { instant } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { readUnscoped, type ReadTx } from '../platform/database/door.ts'
import { isForgotten } from './erase.ts'
import { contactOpened } from './get.ts'
import { keptUntil } from './retention.ts'
import type { Place, WholeReferral } from './whole-referral.ts'

/**
 * All that is kept about a member by one referral, for the member: words, consent, course, who could see what, and when a
 * space opened the contact. Other referrals of the same person stay out: whoever holds this link was let into this one.
 * @param worksUntil the end of the link, RFC 3339
 */
export const exportMember = async (
  deps: Deps,
  whole: WholeReferral,
  worksUntil: string,
): Promise<MemberExport> => {
  const { card } = whole
  const now = deps.clock.now()
  const kept = keptUntil(card, deps.policy)
  const isGone = isForgotten(card)
  return {
    exportedAt: instant(now),
    referralId: card.id,
    status: card.status,
    linkWorksUntil: worksUntil,
    keptUntil: isGone || kept === null ? null : instant(kept),
    erasedAt: isGone ? (card.erasedAt ?? card.closedAt) : null,
    spaces: {
      sender: placeOf(whole.sender),
      receiver: placeOf(whole.receiver),
      origin: placeOf(whole.origin),
      forwardedTo: whole.forwardedTo && placeOf(whole.forwardedTo),
    },
    ...wordsOf(whole),
    ...courseOf(whole),
    seenBy: seenBy(whole),
    ...(await readUnscoped(deps, (tx) => historyOf(tx, whole))),
  }
}

const placeOf = ({ id, name, city }: Place) => ({ id, name, city })

const wordsOf = (whole: WholeReferral) => {
  const { card, contact, brief } = whole
  return {
    person: contact && { name: contact.name, email: contact.email ?? null, phone: contact.phone ?? null },
    language: card.memberLanguage,
    reference: card.externalRef,
    brief: brief && { summary: brief.summary, note: brief.note ?? null },
    stay: card.stay,
    needs: card.needs,
    question: whole.question,
    answer: whole.answer,
    message: whole.message,
    terms: card.termsKind === null ? null : { kind: card.termsKind, note: whole.termsNote },
  }
}

const courseOf = ({ card }: WholeReferral) => ({
  consent: {
    kind: card.consentKind,
    how: card.consentHow,
    obtainedOn: card.consentOn,
    named: card.consentNamed,
    grantedAt: card.consentedAt,
    toldAt: card.noticeAt,
  },
  course: {
    createdAt: card.createdAt,
    sentAt: card.sentAt,
    acceptedAt: card.acceptedAt,
    scheduledFor: card.scheduledFor,
    noShows: card.noShows,
    visitedOn: card.visitedOn,
    reached: card.reached,
    outcome: card.outcome,
    outcomeReason: card.outcomeReason,
    joinedAt: card.joinedAt,
    leftAt: card.leftAt,
    closedAt: card.closedAt,
  },
  memberReport: card.memberReport,
  claim: card.claim,
  dispute: card.dispute,
})

const seenBy = ({ card, sender, receiver, contact, isOpenToReceiver }: WholeReferral) => {
  const isKept = contact !== null
  return [
    { spaceId: sender.id, role: 'sender' as const, brief: isKept, contact: isKept && card.senderSeesContact },
    {
      spaceId: receiver.id,
      role: 'receiver' as const,
      brief: isKept && card.sentAt !== null,
      contact: isKept && isOpenToReceiver,
    },
  ]
}

/** What has happened, by rows that erasure leaves: ids, choices and times. */
const historyOf = async (tx: ReadTx, whole: WholeReferral) => {
  const [events, openings, points] = await Promise.all([
    eventsOf(tx, whole),
    openingsOf(tx, whole),
    pointsOf(tx, whole),
  ])
  return {
    events,
    contactOpenings: openings.slice(0, mostOpenings),
    hasMoreOpenings: openings.length > mostOpenings,
    // As they count for who sent the member; the receiver's side has them below zero.
    points: points.map((entry) => ({ ...entry, points: -entry.points })),
  }
}

/** Without the reason that an event may hold: why a space said no is not for the member. */
const eventsOf = (tx: ReadTx, { card }: WholeReferral) =>
  tx.db
    .select({
      at: referralEvents.at,
      event: referralEvents.event,
      by: referralEvents.actorKind,
      status: referralEvents.toStatus,
    })
    .from(referralEvents)
    .where(
      and(
        eq(referralEvents.spaceId, card.spaceId),
        eq(referralEvents.referralId, card.id),
        gte(referralEvents.at, card.createdAt),
      ),
    )
    .orderBy(asc(referralEvents.seq))

/** By space: who of its people or API clients it was, is between them and their space. */
const openingsOf = (tx: ReadTx, { card }: WholeReferral) =>
  tx.db
    .select({ at: auditLog.at, spaceId: auditLog.spaceId })
    .from(auditLog)
    .where(
      and(
        inArray(auditLog.spaceId, [card.spaceId, card.peerId]),
        eq(auditLog.objectId, card.id),
        eq(auditLog.action, contactOpened),
        gte(auditLog.at, card.createdAt),
      ),
    )
    .orderBy(desc(auditLog.at), desc(auditLog.id))
    .limit(mostOpenings + 1)

/** The receiver owes all of them, whichever spaces they are owed to. */
const pointsOf = (tx: ReadTx, { card }: WholeReferral) =>
  tx.db
    .select({
      at: ledgerEntries.at,
      stage: ledgerEntries.stage,
      kind: ledgerEntries.kind,
      points: ledgerEntries.points,
    })
    .from(ledgerEntries)
    .where(
      and(
        eq(ledgerEntries.spaceId, card.peerId),
        eq(ledgerEntries.referralId, card.id),
        eq(ledgerEntries.side, 'debtor'),
      ),
    )
    .orderBy(asc(ledgerEntries.id))

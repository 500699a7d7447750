import { addressInWords, dayInWords, needsInWords, termsInWords } from '../events/wording.ts'
import type { Bearings } from '../referrals/guards.ts'
import { isOpen, type Status } from '../referrals/lifecycle.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import { Way } from './dance.tsx'
import { beforeInWords, consentInWords, words } from './member-labels.ts'
import { mattersOf } from './member-matters.ts'
import { OfferView, type Fault } from './member-offer.tsx'
import { offersOf } from './member-offers.ts'
import { situationOf } from './member-words.ts'
import { Lines, OutsidePage } from './outside-page.tsx'

interface MemberPageProps {
  readonly whole: WholeReferral
  /** Where this page stands: the member's answers go below it. */
  readonly path: string
  readonly bearings: Bearings
  /** What was typed and could not be taken; null on a page that was merely opened. */
  readonly fault: Fault | null
}

/** What the member sees by the link: how things stand, what they can say, and who shares what with whom. */
export const MemberPage = ({ whole, path, bearings, fault }: MemberPageProps) => {
  const { title, lead, next } = situationOf(whole, bearings)
  const { sender, receiver, card } = whole
  const offers = offersOf(whole, bearings).map((offer) => ({
    // Who is asked for consent reads first what would be shared; everybody else came to tell something.
    isFirst: offer.shown !== 'folded' && card.status !== 'awaiting_consent',
    view: <OfferView key={offer.about} {...{ offer, whole, path, bearings, fault }} />,
  }))
  return (
    <OutsidePage title={title} foot={words.foot}>
      <Way from={sender} to={receiver} isAccepted={card.acceptedAt !== null} />
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      {mattersOf(whole, bearings).map((matter) => (
        <p key={matter}>{matter}</p>
      ))}
      {offers.filter(({ isFirst }) => isFirst).map(({ view }) => view)}
      <Lines facts={[...sharedFacts(whole), ...standingFacts(whole), { term: words.next, text: next }]} />
      {offers.filter(({ isFirst }) => !isFirst).map(({ view }) => view)}
    </OutsidePage>
  )
}

/** What the receiver reads, and when. */
const sharedFacts = (whole: WholeReferral) => {
  const { card, contact, brief, sender, receiver } = whole
  const reach = [card.consentNamed ? undefined : contact?.name, contact?.email, contact?.phone]
  return [
    { term: briefTerm(whole), text: brief && <Brief whole={whole} /> },
    { term: words.senderSays(sender.name), text: brief?.note ?? null },
    { term: words.receiverAsked(receiver.name), text: whole.question },
    { term: words.senderAnswered(sender.name), text: whole.answer },
    { term: words.nameFirst, text: contact && card.consentNamed ? contact.name : null },
    { term: contactTerm(whole), text: reach.filter((part) => part !== undefined).join('\n') },
  ]
}

const briefTerm = ({ card }: WholeReferral) => {
  if (card.sentAt !== null) return words.readFirst
  return isOpen(card.status as Status) ? words.wouldReadFirst : words.unread
}

const contactTerm = ({ card, isOpenToReceiver }: WholeReferral) => {
  if (isOpenToReceiver) return words.contactOpen
  return isOpen(card.status as Status) ? words.contactSealed : words.contactKept
}

const Brief = ({ whole: { card, brief } }: { whole: WholeReferral }) => (
  <>
    <blockquote>“{brief?.summary}”</blockquote>
    {needsInWords(card).map(({ term, text }) => (
      <p key={term}>{`${term}: ${text}`}</p>
    ))}
  </>
)

/** Who reads it, what was agreed and what took place; nothing of it once the words are erased. */
const standingFacts = (whole: WholeReferral) => {
  const { card, receiver, contact } = whole
  if (contact === null) return []
  return [
    { term: words.reader, text: readerOf(whole) },
    { term: words.receiverSays(receiver.name), text: whole.message },
    {
      term: words.terms,
      text: card.termsKind === null ? null : termsInWords(card.termsKind, whole.termsNote),
    },
    { term: words.visited, text: card.visitedOn && dayInWords(card.visitedOn) },
    { term: words.consent, text: consentInWords(whole) },
    { term: words.before, text: beforeInWords(whole) },
  ]
}

const readerOf = ({ card, receiver, sender }: WholeReferral) => {
  if (card.sentAt === null && !isOpen(card.status as Status)) return null
  const reader = `${[receiver.name, addressInWords(receiver)].join(', ')}.`
  return [
    reader,
    ...(card.status === 'forwarded' ? [] : [words.nobodyElse]),
    ...(card.senderSeesContact ? [] : [words.unseen(sender.name)]),
  ].join(' ')
}

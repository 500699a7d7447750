import { addressInWords, dayInWords, needsInWords, termsInWords } from '../events/wording.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import { Way } from './dance.tsx'
import { answerBy, consentInWords, situationOf, words, type Situation } from './member-words.ts'
import { Lines, OutsidePage } from './outside-page.tsx'

interface MemberPageProps {
  readonly whole: WholeReferral
  /** Where this page stands: the member's answers go below it. */
  readonly path: string
  readonly now: number
}

/** What the member sees by the link: who shares what with whom, how things stand, and what they can do about it. */
export const MemberPage = ({ whole, path, now }: MemberPageProps) => {
  const situation = situationOf(whole, now)
  const { sender, receiver, card } = whole
  return (
    <OutsidePage title={situation.title} foot={words.foot}>
      <Way from={sender} to={receiver} isAccepted={card.acceptedAt !== null} />
      <h1>{situation.title}</h1>
      <p class="lead">{situation.lead}</p>
      <Lines facts={[...sharedFacts(whole), ...standingFacts(whole, situation)]} />
      <Choice whole={whole} path={path} choice={situation.choice} />
    </OutsidePage>
  )
}

/** What the receiver reads, and when. */
const sharedFacts = (whole: WholeReferral) => {
  const { card, contact, brief, sender } = whole
  const reach = [card.consentNamed ? undefined : contact?.name, contact?.email, contact?.phone]
  return [
    { term: words.readFirst(card.sentAt !== null), text: brief && <Brief whole={whole} /> },
    { term: words.senderSays(sender.name), text: brief?.note ?? null },
    { term: words.nameFirst, text: contact && card.consentNamed ? contact.name : null },
    {
      term: words.contact(whole.isOpenToReceiver),
      text: reach.filter((part) => part !== undefined).join('\n'),
    },
  ]
}

const Brief = ({ whole: { card, brief } }: { whole: WholeReferral }) => (
  <>
    <blockquote>“{brief?.summary}”</blockquote>
    {needsInWords(card).map(({ term, text }) => (
      <p key={term}>{`${term}: ${text}`}</p>
    ))}
  </>
)

/** Who reads it, what was agreed, what comes next. */
const standingFacts = (whole: WholeReferral, { next }: Situation) => {
  const { card, receiver } = whole
  const reader = `${[receiver.name, addressInWords(receiver)].join(', ')}. ${words.nobodyElse}`
  return [
    { term: words.reader, text: card.status === 'consent_revoked' ? null : reader },
    { term: words.receiverSays(receiver.name), text: whole.message },
    {
      term: words.terms,
      text: card.termsKind === null ? null : termsInWords(card.termsKind, whole.termsNote),
    },
    { term: words.consent, text: card.status === 'consent_revoked' ? null : consentInWords(whole) },
    { term: words.next, text: next },
  ]
}

interface ChoiceProps {
  readonly whole: WholeReferral
  readonly path: string
  readonly choice: Situation['choice']
}

const Choice = ({ whole, path, choice }: ChoiceProps) => {
  if (choice === 'answer') return <Answer whole={whole} path={path} />
  if (choice === 'take-back') return <TakeBack receiver={whole.receiver.name} path={path} />
  if (choice === null || whole.contact === null) return null
  return (
    <div class="acts">
      <Press to={`${path}/refuse`} label={words.erase} />
    </div>
  )
}

const Answer = ({ whole, path }: { whole: WholeReferral; path: string }) => (
  <section class="now" aria-label={words.answerLabel}>
    <p>{words.until(dayInWords(answerBy(whole)))}</p>
    <div class="acts">
      <Press to={`${path}/grant`} label={words.grant} isMain />
      <Press to={`${path}/refuse`} label={words.refuse} />
    </div>
    <p class="note">{words.wrong(whole.sender.name)}</p>
  </section>
)

const TakeBack = ({ receiver, path }: { receiver: string; path: string }) => (
  <details class="why">
    <summary>{words.takeBack}</summary>
    <div>
      <p>{words.takeBackMeaning(receiver)}</p>
      <div class="acts">
        <Press to={`${path}/revoke`} label={words.takeBackDo} />
      </div>
    </div>
  </details>
)

const Press = ({ to, label, isMain }: { to: string; label: string; isMain?: true }) => (
  <form method="post" action={to}>
    <button class={isMain ? 'btn do' : 'btn'}>{label}</button>
  </form>
)

import { addressInWords, type Wording } from '../events/wording.ts'
import { isOpen, type Status } from '../referrals/lifecycle.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import { Way } from './dance.tsx'
import { LanguageSwitch } from './languages.tsx'
import { beforeInWords, consentInWords } from './member-labels.ts'
import { OwnLink } from './member-link.tsx'
import { mattersOf } from './member-matters.ts'
import { OfferView, type Fault } from './member-offer.tsx'
import { offersOf, type Act } from './member-offers.ts'
import { situationOf } from './member-words.ts'
import { Lines, OutsidePage } from './outside-page.tsx'
import type { Reader } from './reader.ts'

interface MemberPageProps {
  readonly whole: WholeReferral
  /** Where the member's answers are sent to. */
  readonly actionOf: (name: Act['name']) => string
  /** Where everything that is kept is had as a file. */
  readonly filePath: string
  /** Where the link is replaced by a new one. */
  readonly renewPath: string
  readonly reader: Reader
  /** What was typed and could not be taken; null on a page that was merely opened. */
  readonly fault: Fault | null
}

/** What the member sees by the link: how things stand, what they can say, and who shares what with whom. */
export const MemberPage = ({ whole, actionOf, filePath, renewPath, reader, fault }: MemberPageProps) => {
  const { language, t } = reader.wording
  const { title, lead, next } = situationOf(whole, reader)
  const { sender, receiver, card } = whole
  const offers = offersOf(whole, reader).map((offer) => ({
    // Who is asked for consent reads first what would be shared; everybody else came to tell something.
    isFirst: offer.shown !== 'folded' && card.status !== 'awaiting_consent',
    view: <OfferView key={offer.about} {...{ offer, whole, actionOf, reader, fault }} />,
  }))
  return (
    <OutsidePage
      {...{ title, language }}
      foot={t('page.foot')}
      languages={<LanguageSwitch current={language} />}
    >
      <Way from={sender} to={receiver} isAccepted={card.acceptedAt !== null} />
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      {mattersOf(whole, reader).map((matter) => (
        <p key={matter}>{matter}</p>
      ))}
      {offers.filter(({ isFirst }) => isFirst).map(({ view }) => view)}
      <Lines
        facts={[
          ...sharedFacts(whole, reader),
          ...standingFacts(whole, reader),
          { term: t('page.next'), text: next },
        ]}
      />
      {offers.filter(({ isFirst }) => !isFirst).map(({ view }) => view)}
      <TakeAlong {...{ filePath, reader }} />
      <OwnLink {...{ whole }} action={renewPath} wording={reader.wording} />
    </OutsidePage>
  )
}

/** Everything that is kept about the member here, as a file. */
const TakeAlong = ({ filePath, reader }: Pick<MemberPageProps, 'filePath' | 'reader'>) => {
  const { t } = reader.wording
  return (
    <details class="why">
      <summary>{t('page.file.title')}</summary>
      <div>
        <p>{t('page.file.note')}</p>
        <p>{t('page.file.left')}</p>
        <div class="acts">
          <a class="btn" href={filePath} download>
            {t('page.file.label')}
          </a>
        </div>
      </div>
    </details>
  )
}

/** What the receiver reads, and when. */
const sharedFacts = (whole: WholeReferral, { wording }: Reader) => {
  const { t } = wording
  const { card, contact, brief, sender, receiver } = whole
  const reach = [card.consentNamed ? undefined : contact?.name, contact?.email, contact?.phone]
  return [
    { term: t(briefTerm(whole)), text: brief && <Brief {...{ whole, wording }} /> },
    { term: t('wording.says', { name: sender.name }), text: brief?.note ?? null },
    { term: t('page.asked', { receiver: receiver.name }), text: whole.question },
    { term: t('page.answered', { sender: sender.name }), text: whole.answer },
    { term: t('page.nameFirst'), text: contact && card.consentNamed ? contact.name : null },
    { term: t(contactTerm(whole)), text: reach.filter((part) => part !== undefined).join('\n') },
  ]
}

const briefTerm = ({ card }: WholeReferral) => {
  if (card.sentAt !== null) return 'page.readFirst'
  return isOpen(card.status as Status) ? 'page.wouldReadFirst' : 'page.unread'
}

const contactTerm = ({ card, isOpenToReceiver }: WholeReferral) => {
  if (isOpenToReceiver) return 'page.contactOpen'
  return isOpen(card.status as Status) ? 'page.contactSealed' : 'page.contactKept'
}

const Brief = ({ whole: { card, brief }, wording }: { whole: WholeReferral; wording: Wording }) => (
  <>
    <blockquote>{wording.t('wording.quote', { text: brief?.summary ?? '' })}</blockquote>
    {wording.needsInWords(card).map((need) => (
      <p key={need.term}>{wording.t('wording.line', { ...need })}</p>
    ))}
  </>
)

/** Who reads it, what was agreed and what took place; nothing of it once the words are erased. */
const standingFacts = (whole: WholeReferral, { wording }: Reader) => {
  const { t, dayInWords, termsInWords } = wording
  const { card, receiver, contact } = whole
  if (contact === null) return []
  return [
    { term: t('page.reader'), text: readerOf(whole, wording) },
    { term: t('wording.says', { name: receiver.name }), text: whole.message },
    {
      term: t('page.terms'),
      text: card.termsKind === null ? null : termsInWords(card.termsKind, whole.termsNote),
    },
    { term: t('page.visited'), text: card.visitedOn && dayInWords(card.visitedOn) },
    { term: t('page.consent'), text: consentInWords(whole, wording) },
    { term: t('page.before'), text: beforeInWords(whole, wording) },
  ]
}

const readerOf = ({ card, receiver, sender }: WholeReferral, { t }: Wording) => {
  if (card.sentAt === null && !isOpen(card.status as Status)) return null
  const reader = `${[receiver.name, addressInWords(receiver)].join(', ')}.`
  return [
    reader,
    ...(card.status === 'forwarded' ? [] : [t('page.nobodyElse')]),
    ...(card.senderSeesContact ? [] : [t('page.unseen', { sender: sender.name })]),
  ].join(' ')
}

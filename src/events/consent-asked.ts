import type { Contact } from '../members/identity.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import type { Letter } from './letter.tsx'
import type { Wording } from './wording.ts'

interface Asking {
  readonly url: string
  /** Milliseconds since 1970. */
  readonly answerBy: number
  readonly now: number
}

/** To the member: may we introduce you? */
export const consentAskedLetter = (
  whole: WholeReferral,
  contact: Contact,
  { url, answerBy, now }: Asking,
  wording: Wording,
): Letter => {
  const { card, sender, receiver, origin, brief } = whole
  const { language, t, deadlineInWords, placeInWords, needsInWords } = wording
  const until = deadlineInWords(answerBy, receiver, now)
  const names = { name: contact.name, sender: sender.name, there: placeInWords(receiver) }
  const isFirst = sender.id === origin.id
  return {
    language,
    subject: t(isFirst ? 'letter.asked.subject' : 'letter.asked.subjectOnward', names),
    preview: t('letter.asked.preview', { until }),
    title: t('letter.asked.title', names),
    paragraphs: [whoSuggests(whole, wording), t('letter.asked.wouldRead')],
    ...(brief && { quote: brief.summary }),
    facts: [
      ...needsInWords(card),
      ...(brief?.note === undefined
        ? []
        : [{ term: t('wording.says', { name: sender.name }), text: brief.note }]),
      ...(card.consentNamed ? [{ term: t('letter.asked.with'), text: contact.name }] : []),
      { term: t('letter.asked.sealed'), text: contactInWords(contact, card.consentNamed) },
    ],
    action: { say: t('letter.asked.say', { until }), link: { label: t('letter.asked.link'), url } },
    after: t('letter.asked.after'),
    why: isFirst
      ? t('letter.why', { sender: sender.name })
      : t('letter.asked.whyOnward', { origin: origin.name }),
  }
}

const whoSuggests = ({ card, sender, receiver, origin }: WholeReferral, { t, placeInWords }: Wording) => {
  const place = placeInWords(sender)
  if (sender.id === origin.id) return t('letter.asked.suggests', { place })
  const way = t('letter.asked.onward', { origin: placeInWords(origin), place, receiver: receiver.name })
  return card.senderSeesContact ? way : `${way} ${t('letter.asked.unseen', { sender: sender.name })}`
}

const contactInWords = ({ name, email, phone }: Contact, isNamed: boolean) =>
  [isNamed ? undefined : name, email, phone].filter((part) => part !== undefined).join(', ')

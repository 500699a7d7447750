import type { WholeReferral } from '../referrals/whole-referral.ts'
import type { Letter } from './letter.tsx'
import type { Wording } from './wording.ts'

interface Asking {
  readonly url: string
  /** Milliseconds since 1970. */
  readonly decides: number
  readonly now: number
}

/** To the member: the two spaces tell it differently, and your word counts. */
export const disputedToMember = (
  { card, sender, receiver, origin }: WholeReferral,
  { url, decides, now }: Asking,
  { language, t, placeInWords, deadlineInWords }: Wording,
): Letter => {
  const names = { sender: sender.name, receiver: receiver.name, origin: origin.name }
  const question = isAboutLeaving(card) ? 'whetherLeft' : 'whether'
  return {
    language,
    subject: t('letter.disputed.subject', names),
    preview: t('letter.disputed.preview', names),
    title: t('letter.disputed.title', names),
    paragraphs: [
      `${t('letter.disputed.introduced', { ...names, there: placeInWords(receiver) })} ${t(`letter.disputed.${question}`, names)}`,
      t('letter.disputed.word'),
    ],
    facts: [],
    action: {
      say: t('letter.disputed.say', { until: deadlineInWords(decides, receiver, now) }),
      link: { label: t('letter.disputed.link'), url },
    },
    after: t(`letter.disputed.${card.memberReport === null ? 'silent' : 'stands'}`),
    why: t('letter.disputed.why', names),
  }
}

const isAboutLeaving = ({ leftAt, dispute }: WholeReferral['card']) =>
  leftAt !== null && [dispute?.contested, dispute?.asserted].includes('joined')

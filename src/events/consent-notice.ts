import type { WholeReferral } from '../referrals/whole-referral.ts'
import type { Letter } from './letter.tsx'
import type { Wording } from './wording.ts'

/** To the member: the sender says that you agreed; look, and withdraw consent if not. */
export const consentNoticeLetter = (whole: WholeReferral, url: string, wording: Wording): Letter => {
  const { card, sender, receiver, brief } = whole
  const { language, t, placeInWords, needsInWords } = wording
  const title = t('situation.sent.title', { sender: sender.name, there: placeInWords(receiver) })
  const agreed = `${agreementInWords(whole, wording)} ${t('letter.notice.right')}`
  return {
    language,
    subject: title,
    preview: agreed,
    title,
    paragraphs: [agreed, t('letter.notice.read')],
    ...(brief && { quote: brief.summary }),
    facts: [
      ...needsInWords(card),
      ...(brief?.note === undefined
        ? []
        : [{ term: t('wording.says', { name: sender.name }), text: brief.note }]),
    ],
    action: { say: t('letter.notice.say'), link: { label: t('letter.notice.link'), url } },
    after: t(`letter.notice.${card.consentNamed ? 'named' : 'sealed'}`, { receiver: receiver.name }),
    why: t('letter.why', { sender: sender.name }),
  }
}

const agreementInWords = (
  { card: { consentOn, consentHow }, sender }: WholeReferral,
  { t, placeInWords, dayInWords, howInWords }: Wording,
) => {
  const place = placeInWords(sender)
  if (consentOn === null) return t('letter.notice.agreed', { place })
  const agreed = { place, day: dayInWords(consentOn) }
  return consentHow === null
    ? t('letter.notice.agreedOn', agreed)
    : t('letter.notice.agreedHow', { ...agreed, how: howInWords(consentHow) })
}

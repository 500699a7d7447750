import type { WholeReferral } from '../referrals/whole-referral.ts'
import type { Letter } from './letter.tsx'
import type { Wording } from './wording.ts'

/** To the member: the link to your page was stopped, and this is the new one. */
export const linkRenewedLetter = (
  { sender, receiver, origin }: WholeReferral,
  url: string,
  { language, t, placeInWords }: Wording,
): Letter => ({
  language,
  subject: t('letter.renewed.subject'),
  preview: t('letter.renewed.preview'),
  title: t('letter.renewed.title'),
  paragraphs: [
    t('letter.renewed.about', { sender: placeInWords(sender), there: placeInWords(receiver) }),
    t('letter.renewed.stopped'),
  ],
  facts: [],
  action: { say: t('letter.renewed.say'), link: { label: t('letter.renewed.link'), url } },
  after: t('letter.renewed.after', { sender: sender.name }),
  why: t('letter.why', { sender: origin.name }),
})

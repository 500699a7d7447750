import type { Wording } from '../events/wording.ts'
import { millisOf } from '../platform/clock.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import { wordsElsewhere } from './member-endings.ts'
import { answerBy, type Act, type Offer } from './member-offers.ts'
import { joined, namesIn, type Saying } from './member-telling.ts'
import type { Reader } from './reader.ts'

/** What the member's page writes on and around the things to press. */

interface Heading {
  readonly title: string
  readonly note?: string
}

/** What is asked, or written on a fold, with what it means to do it. */
export const headingOf = (about: Offer['about'], whole: WholeReferral, reader: Reader): Heading =>
  headings[about](whole, reader)

const bothTold: Saying = (whole, reader) => reader.wording.t('offer.bothTold', namesIn(whole, reader))

/** What the member may not record alone stands when nobody objects. */
const objectionOf: Saying = (whole, reader) => {
  const { t, periodInWords } = reader.wording
  return t('offer.objection', { ...namesIn(whole, reader), period: periodInWords(reader.policy.claim) })
}

/** Who learns the answer, and what it takes to say that nothing was. */
const accountNote: Saying = (whole, reader) => {
  const { card } = whole
  const canBeNothing =
    card.memberReport === null && [card.dispute?.contested, card.dispute?.asserted].includes('none')
  const { t } = reader.wording
  return joined(
    canBeNothing ? t('offer.account.nothing') : '',
    t('offer.account.note', namesIn(whole, reader)),
  )
}

/** Whether a visit was missed already: the next one that is ends the referral. */
const isLastVisit = ({ card }: WholeReferral, { now }: Reader) =>
  card.noShows > 0 && card.scheduledFor !== null && millisOf(card.scheduledFor) <= now

const told =
  (about: 'already' | 'further' | 'onward' | 'left') =>
  (whole: WholeReferral, reader: Reader): Heading => ({
    title: reader.wording.t(`offer.${about}`),
    note: bothTold(whole, reader),
  })

const objected =
  (about: 'untold' | 'differently') =>
  (whole: WholeReferral, reader: Reader): Heading => ({
    title: reader.wording.t(`offer.${about}`),
    note: objectionOf(whole, reader),
  })

const headings: Readonly<Record<Offer['about'], (whole: WholeReferral, reader: Reader) => Heading>> = {
  answer: (whole, { now, wording: { t, deadlineInWords } }) => ({
    title: t('offer.answer.title', { until: deadlineInWords(answerBy(whole), whole.receiver, now) }),
    note: t('offer.answer.note', { sender: whole.sender.name }),
  }),
  unsent: (_whole, { wording: { t } }) => ({ title: t('offer.unsent') }),
  account: (whole, reader) => ({
    title: reader.wording.t('offer.account.title'),
    note: accountNote(whole, reader),
  }),
  been: (whole, reader) => ({
    title: reader.wording.t('offer.been.title'),
    note: joined(
      bothTold(whole, reader),
      isLastVisit(whole, reader) ? reader.wording.t('offer.been.last') : '',
    ),
  }),
  arrange: ({ card, receiver }, { wording: { t } }) => ({
    title: t(`offer.arrange.${card.claim === null ? 'first' : 'again'}`),
    note: t('offer.arrange.note', { receiver: receiver.name }),
  }),
  move: ({ receiver }, { wording: { t } }) => ({
    title: t('offer.move.title'),
    note: t('offer.move.note', { receiver: receiver.name }),
  }),
  already: told('already'),
  further: told('further'),
  onward: told('onward'),
  untold: objected('untold'),
  differently: objected('differently'),
  left: told('left'),
  'withdraw-consent': (whole, reader) => ({
    title: reader.wording.t('offer.withdraw.title'),
    note: joined(
      reader.wording.t('offer.withdraw.note', namesIn(whole, reader)),
      wordsElsewhere(whole, reader),
    ),
  }),
  erase: (whole, reader) => ({
    title: reader.wording.t('offer.erase.title'),
    note: joined(reader.wording.t('offer.erase.note'), wordsElsewhere(whole, reader)),
  }),
}

/** What stands on a button. */
export const labelOf = (
  { name, stage }: Act,
  about: Offer['about'],
  { card }: WholeReferral,
  { t }: Wording,
): string => {
  if (about === 'unsent') return t('offer.label.eraseUnsent')
  if (name !== 'claim') return t(`offer.label.${labels[name]}`)
  if (card.leftAt !== null && stage !== 'visited')
    return t(`offer.label.${stage === 'joined' ? 'still' : 'joinedAndLeft'}`)
  return t(`offer.label.${stage ?? 'visited'}`)
}

const labels = {
  grant: 'grant',
  refuse: 'refuse',
  revoke: 'revoke',
  schedule: 'schedule',
  reschedule: 'reschedule',
  'record-no-show': 'noShow',
  'record-visit': 'visited',
  'start-trial': 'trial',
  'report-left': 'left',
  erase: 'erase',
} as const satisfies Record<Exclude<Act['name'], 'claim'>, string>

/** How the member came to agree. */
export const consentInWords = (
  { card, sender }: WholeReferral,
  { t, dayInWords, howInWords }: Wording,
): string => {
  if (card.consentedAt !== null) return t('page.consented', { day: dayInWords(card.consentedAt) })
  if (card.consentKind === 'link') return ''
  if (card.consentOn === null) return t('page.attested', { sender: sender.name })
  const agreed = { sender: sender.name, day: dayInWords(card.consentOn) }
  return card.consentHow === null
    ? t('page.attestedOn', agreed)
    : t('page.attestedHow', { ...agreed, how: howInWords(card.consentHow) })
}

/** A page of its own for each introduction: how the member finds the ones before. */
export const beforeInWords = ({ card, origin }: WholeReferral, { t }: Wording): string =>
  card.trail.length === 0 ? '' : t('page.beforeText', { count: card.trail.length, origin: origin.name })

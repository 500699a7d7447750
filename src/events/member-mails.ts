import type { Contact } from '../members/identity.ts'
import { linkUrl } from '../members/link.ts'
import { hour, millisOf, second } from '../platform/clock.ts'
import type { Ctx, Deps } from '../platform/context.ts'
import type { Handler, Handlers } from '../platform/jobs/outbox-pump.ts'
import type { OutboxRow } from '../platform/jobs/outbox-rows.ts'
import { phaseOf, type Status } from '../referrals/lifecycle.ts'
import { recordNotice } from '../referrals/record-notice.ts'
import { readWholeReferral, type WholeReferral } from '../referrals/whole-referral.ts'
import { languageOf } from '../words/language.ts'
import { consentAskedLetter } from './consent-asked.ts'
import { consentNoticeLetter } from './consent-notice.ts'
import { disputedToMember } from './disputed-to-member.ts'
import { introduced, introductionLetter } from './introduction.ts'
import { linkRenewedLetter } from './link-renewed.ts'
import type { MailTransport } from './mail-transport.ts'
import { dueOf, isFrom, targetOf } from './matter.ts'
import { wordingIn, type Wording } from './wording.ts'

/** The letters to the member, and the one to everybody. */
export const memberMails = (deps: Deps, transport: MailTransport): Handlers => ({
  'mail.consent_asked': (row) => askConsent(deps, transport, row),
  'mail.consent_notice': (row) => giveNotice(deps, transport, row),
  'mail.introduction': (row) => introduce(deps, transport, row),
  'mail.member_link': (row) => sendLink(deps, transport, row),
  'mail.dispute_member': (row) => askForWord(deps, transport, row),
})

type Carried = ReturnType<Handler>

/** What a mail to a member needs to know; null when it has no more reason to be sent. */
interface MemberMatter {
  readonly whole: WholeReferral
  readonly contact: Contact
  /** The member's language, as far as the sender told it. */
  readonly wording: Wording
}

const askConsent = async (deps: Deps, transport: MailTransport, row: OutboxRow): Carried => {
  const matter = await matterOf(deps, row, ({ status }) => status === 'awaiting_consent')
  if (!matter?.contact.email) return 'done'
  const { whole, contact, wording } = matter
  const answerBy = millisOf(whole.card.answerBy ?? row.at)
  const now = deps.clock.now()
  if (answerBy <= now) return 'done'
  const asking = { url: memberLink(deps, whole), answerBy, now }
  const letter = consentAskedLetter(whole, contact, asking, wording)
  await transport.send({ id: row.id, to: [{ name: contact.name, address: matter.contact.email }], letter })
  return 'done'
}

const giveNotice = async (deps: Deps, transport: MailTransport, row: OutboxRow): Carried => {
  const isMoot = new Set<Status>(['draft', 'withdrawn', 'consent_revoked'])
  const matter = await matterOf(deps, row, ({ status }) => !isMoot.has(status as Status))
  if (!matter?.contact.email) return 'done'
  const { whole, contact, wording } = matter
  const letter = consentNoticeLetter(whole, memberLink(deps, whole), wording)
  await transport.send({ id: row.id, to: [{ name: contact.name, address: matter.contact.email }], letter })
  const ctx: Ctx = { ...deps, actor: { kind: 'clock', id: 'outbox' }, requestId: row.id }
  await recordNotice(ctx, targetOf(row))
  return 'done'
}

const introduce = async (deps: Deps, transport: MailTransport, row: OutboxRow): Carried => {
  const matter = await matterOf(deps, row, isStillWanted)
  if (!matter) return 'done'
  const { whole, contact } = matter
  if (!whole.isOpenToReceiver) return { notBefore: laterThan(deps, row) }
  const people = introduced(whole, contact)
  if (people.length === 0) return 'done'
  await transport.send({
    id: row.id,
    to: people,
    replyTo: people,
    letter: introductionLetter(whole, contact),
  })
  return 'done'
}

/** Also a member who came and stayed before the mail was carried is introduced: the three still want to know each other. */
const isStillWanted = ({ status, outcome }: WholeReferral['card']): boolean =>
  phaseOf(status as Status) === 'active' || outcome === 'joined' || outcome === 'completed'

/** The link was replaced. When it was once more since, the mail that was promised then brings the one that works. */
const sendLink = async (deps: Deps, transport: MailTransport, row: OutboxRow): Carried => {
  const matter = await matterOf(deps, row, ({ linkNumber }) => linkNumber === row.data['number'])
  if (!matter?.contact.email) return 'done'
  const { whole, contact, wording } = matter
  const letter = linkRenewedLetter(whole, memberLink(deps, whole), wording)
  await transport.send({ id: row.id, to: [{ name: contact.name, address: matter.contact.email }], letter })
  return 'done'
}

/** The two spaces do not agree: the member's own page is where their word is taken. */
const askForWord = async (deps: Deps, transport: MailTransport, row: OutboxRow): Carried => {
  const matter = await matterOf(deps, row, ({ dispute }) => isFrom(row, dispute?.at))
  if (!matter?.contact.email) return 'done'
  const { whole, contact, wording } = matter
  const now = deps.clock.now()
  const decides = dueOf({ whole, policy: deps.policy, now }, 'resolve')
  if (decides === undefined) return 'done'
  const letter = disputedToMember(whole, { url: memberLink(deps, whole), decides, now }, wording)
  await transport.send({ id: row.id, to: [{ name: contact.name, address: matter.contact.email }], letter })
  return 'done'
}

/** Reads the referral again: consent may have been withdrawn since the mail was promised. */
const matterOf = async (
  deps: Deps,
  row: OutboxRow,
  isDue: (card: WholeReferral['card']) => boolean,
): Promise<MemberMatter | null> => {
  const whole = await readWholeReferral(deps, targetOf(row))
  if (!whole?.contact || !isDue(whole.card)) return null
  return { whole, contact: whole.contact, wording: wordingIn(languageOf(whole.card.memberLanguage) ?? 'en') }
}

/** The link that works now, whichever it was when the mail was promised. */
const memberLink = (deps: Deps, { card }: WholeReferral) =>
  linkUrl(deps.baseUrl, deps.keys.link, 'member', card)

/** The member must be told first. As long again as it has waited, at most an hour. */
const laterThan = (deps: Deps, row: OutboxRow) => {
  const now = deps.clock.now()
  return now + Math.min(Math.max(now - millisOf(row.at), 5 * second), hour)
}

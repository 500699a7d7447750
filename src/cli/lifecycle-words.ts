/** What the table of the lifecycle does not say, in words: on what an event depends, and when the clock brings it about. */
import { day } from '../platform/clock.ts'
import { standardPolicy as policy, type Policy } from '../platform/policy.ts'
import type { Phase, ReferralEvent } from '../referrals/lifecycle.ts'

const span = (name: keyof Policy): string =>
  policy[name] === day ? '24 hours' : `${String(policy[name] / day)} days`

export const phaseWords: Readonly<Record<Phase, string>> = {
  preparing: 'It has not reached the receiver.',
  pending: 'The receiver decides.',
  active: 'The receiver has said yes; the member visits, tries, joins.',
  closed: 'It is over.',
}

export const eventWords: Readonly<Record<ReferralEvent, string>> = {
  submit:
    'The receiver is in the network, takes referrals and is not away. With consent by link the member is asked first; with attested consent it is sent at once.',
  'grant-consent': `The member says yes by the link, within ${span('consent')}.`,
  'refuse-consent': 'The member says no by the link; what was written about them is erased.',
  ask: 'As often as needed; the time to answer stands still for the first question only.',
  answer: 'If the time to answer stood still, it goes on.',
  resume: `A question has been open for ${span('question')}: the receiver decides without an answer.`,
  remind: `After ${span('firstReminder')} and after ${span('secondReminder')} without a decision; what moves the end of the time to answer moves these, too.`,
  postpone: `In place of \`expire\`, once, when the receiver is away: by the rest of the absence, at most ${span('absence')}.`,
  accept: 'Opens the contact to the receiver, once the member has agreed or been told.',
  decline: 'With a reason. Not while a claim or a dispute is open.',
  expire: `The member has not answered for ${span('consent')}, or the receiver not for ${span('response')}.`,
  withdraw: 'Before acceptance, at any time.',
  abandon: `A draft has not been touched for ${span('draft')}.`,
  'request-withdrawal': 'Not while a request, a claim or a dispute is open.',
  'confirm-withdrawal': `Only when it was requested; ${span('withdrawal')} of silence confirm it. A visit, a trial or a claim that is told meanwhile cancels the request.`,
  forward:
    'To another space and operator of the network, twice at most. The member is asked anew. Not while a claim or a dispute is open.',
  schedule: `A moment to come, at most ${span('active')} after acceptance.`,
  reschedule: `A moment to come, at most ${span('active')} after acceptance.`,
  'record-no-show':
    'Once the arranged time has come. The second time closes the referral with the outcome `no_show`.',
  'record-visit': 'By the member not while a dispute is open, nor by a link that the sender passed on.',
  'start-trial':
    'A visit that was not recorded is counted with it. By the member not while a dispute is open, nor by a link that the sender passed on.',
  close: 'With an outcome. One that denies an open claim opens a dispute.',
  claim: `Of a higher stage than is reported: \`visited\` by the sender, any by the member, unless the sender passed the link on. After acceptance, and for ${span('objection')} after an end that is not a withdrawal or a revocation. While a dispute is open the member's word is noted, and the sender's account rises to it. What a dispute was about is not claimed again, unless the referral ended after it and there is more than was decided.`,
  'post-claim': `A claim has stood for ${span('claim')} without a dispute: it counts, and the referral moves on to what was claimed.`,
  'report-left': `Within ${span('join')} of joining, unless it is in dispute. What joining brought is reversed.`,
  overdue: `Nothing was told for ${span('firstUpdate')} after acceptance; later for ${span('update')} after the last word or the arranged visit, and every ${span('update')} from then on.`,
  end: `${span('active')} after acceptance: closed with the outcome \`unknown\`.`,
  revoke: 'Before the end, at any time. What was written about the member is erased on both sides.',
  dispute: `By the receiver against an open claim; by either within ${span('objection')} of the end, of a decision that came after it, or of \`report-left\`: the sender says that it was more, the receiver that it was less. A receiver who says more after the end is believed at once. To a dispute of the receiver the sender may answer that it was more still. The points concerned wait.`,
  resolve: `Upheld or reversed, by the steward; after ${span('dispute')} the member's own report decides, and without one the lesser of the two accounts stands.`,
  'confirm-join': `${span('join')} after joining, unless the member has left or it is in dispute: the join is no longer provisional.`,
  release: 'The probation is over for which points of this referral were held.',
  'mirror-outcome': 'The referral into which this one was forwarded has ended, or its end was changed.',
}

export const periodWords: Readonly<Record<keyof Policy, string>> = {
  draft: 'until an untouched draft is withdrawn',
  invitation: 'until the link of an invitation is dead',
  consent: 'for the member to answer',
  response: 'for the receiver to decide',
  firstReminder: 'until the receiver is reminded',
  secondReminder: 'until the receiver is reminded again',
  question: 'for the sender to answer a question',
  absence: 'at most, by which an absence of the receiver moves the end of its time to decide',
  withdrawal: 'for the receiver to answer a request to withdraw',
  firstUpdate: 'until the receiver is asked how it goes, after acceptance',
  update: 'until the receiver is asked again',
  active: 'after acceptance, until the referral ends by itself',
  claim: 'for the receiver to object to a claim',
  objection: 'after the end, for a claim or a dispute',
  dispute: 'for the steward to resolve a dispute',
  join: 'during which a join is provisional',
  probation: 'of probation of a space that was admitted by vouches alone',
  person: 'in which one person brings one credit at most',
  confirmation: 'for who applied to confirm the address',
  endedApplication:
    'until an application that was rejected or withdrawn is deleted, with its words and who applied',
  managerInvitation: 'how long a colleague has to accept an invitation to a space',
  declinedIdentity: 'after the end, until the words about a member are erased where nothing came of it',
  closedIdentity: 'the same where it was closed with an outcome',
  session: 'until somebody who is signed in signs in again',
  sessionIdle: 'until that is asked of who opens nothing meanwhile',
  previousSecret: 'until the secret that an API client had before its last rotation ends',
}

import { isClockEvent, type ClockEvent } from '../referrals/clock-events.ts'
import type { AuditRow } from '../audit/contract.ts'

/** What was done, in words; `{}` stands for what it was done to. */
const deeds: Readonly<Record<string, string>> = {
  openContact: 'opened the contact of {}',
  sendReferral: 'wrote the referral {}',
  submitReferral: 'sent the draft {}',
  confirmNotice: 'told the member of {} by hand',
  recordNotice: 'mailed the member of {} that they are referred',
  renewMemberLink: 'replaced the link of the member of {}',
  askQuestion: 'asked about {}',
  answerQuestion: 'answered what was asked about {}',
  acceptReferral: 'said yes to {}',
  declineReferral: 'said no to {}',
  withdrawReferral: 'withdrew {}',
  requestWithdrawal: 'asked to withdraw {}',
  confirmWithdrawal: 'agreed to withdraw {}',
  forwardReferral: 'passed {} on',
  scheduleVisit: 'arranged a visit for {}',
  rescheduleVisit: 'moved the visit of {}',
  recordNoShow: 'noted that nobody came for {}',
  recordVisit: 'noted the visit of {}',
  startTrial: 'noted that a trial began for {}',
  closeReferral: 'told how {} ended',
  claimStage: 'told how far {} came',
  reportLeft: 'noted that the member of {} left',
  disputeOutcome: 'objected to what was told of {}',
  resolveDispute: 'decided the dispute about {}',
  grantConsent: 'agreed to {}',
  refuseConsent: 'did not agree to {}',
  revokeConsent: 'withdrew consent to {}',
  eraseMember: 'erased the words about the member of {}',
  purgeIdentity: 'erased the words about the member of {}, as their time was over',
  forgetReferral: 'erased the words about the member of {} again',
  registerSpace: 'entered {}',
  updateSpace: 'changed the profile of {}',
  importSpaces: 'imported spaces from {}',
  mergeSpaces: 'merged {} into another',
  submitApplication: 'applied: {}',
  confirmApplication: 'confirmed the application {}',
  proveApplication: 'proved the application {}',
  withdrawApplication: 'withdrew the application {}',
  vouchForApplication: 'vouched for the application {}',
  vouchForSpace: 'took in the vouch of {}',
  admitApplication: 'admitted the application {}',
  rejectApplication: 'rejected the application {}',
  admitSpace: 'took in {}',
  suspendSpace: 'suspended {}',
  readmitSpace: 'took in {} again',
  leaveNetwork: 'left the network with {}',
  inviteManager: 'invited somebody to {}',
  withdrawInvitation: 'withdrew an invitation to {}',
  acceptInvitation: 'accepted an invitation, as {}',
  changeRole: 'gave {} another role',
  handOverOwnership: 'handed the space over to {}',
  removeManager: 'took {} out of the space',
  leaveSpace: 'left the space, as {}',
  createPersonalToken: 'made the personal token {}',
  revokePersonalToken: 'ended the personal token {}',
  createClient: 'made the API client {}',
  rotateClientSecret: 'gave the API client {} a new secret',
  setClientKeys: 'set the keys of the API client {}',
  revokeClient: 'ended the API client {}',
  rotateKeys: 'sealed everything anew with the key {}',
  makeOwner: 'made {} an owner of the space',
  makeSteward: 'made {} a steward',
  removeSteward: 'took the stewardship from {}',
  askForLink: 'asked for a link to sign in',
  signInByLink: 'signed in by a link as {}',
  askForPasskeySignIn: 'began to sign in by a passkey',
  signInByPasskey: 'signed in by a passkey as {}',
  askProvider: 'began to sign in at another provider',
  signInByProvider: 'signed in at another provider as {}',
  refuseFromProvider: 'was refused after another provider',
  chooseSpace: 'chose for which space to act',
  endSession: 'ended a session',
  endOtherSessions: 'ended all other sessions',
  askForPasskey: 'began to add a passkey',
  registerPasskey: 'added a passkey',
  removePasskey: 'removed a passkey',
}

/** What Waggle brings about by itself when its time has come. */
const dueDeeds: Readonly<Record<ClockEvent, string>> = {
  abandon: 'gave up the draft {}, which nobody had touched for long',
  expire: 'ended {}, as no answer came',
  resume: 'went on with {}, as a question was not answered',
  remind: 'reminded the receiver of {}',
  postpone: 'gave the receiver of {} more time, as they are away',
  overdue: 'asked what became of {}',
  end: 'ended {}, as nothing was told of it for long',
  'confirm-withdrawal': 'withdrew {}, as nobody objected',
  'post-claim': 'counted what was claimed for {}, as nobody objected',
  resolve: 'decided the dispute about {} by what the member told',
  'confirm-join': 'counted the join of {} for good',
  release: 'counted what {} brought, which had waited',
}

/** An act without words of its own is shown by its name: `inviteManager` becomes `did “invite manager” to …`. */
const deedOf = (action: string): string =>
  deeds[action] ??
  (isClockEvent(action) ? dueDeeds[action] : undefined) ??
  `did “${action.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}” to {}`

const doers: Readonly<Record<string, string>> = {
  manager: 'Somebody',
  client: 'An API client',
  member: 'The member',
  public: 'Somebody',
  steward: 'The steward, at the command line,',
  clock: 'Waggle by itself',
}

/** A sentence about one row, with the place of its object left open. */
interface DeedInWords {
  readonly before: string
  /** Null where the sentence needs none. */
  readonly object: string | null
  readonly after: string
}

export const deedInWords = ({ actorKind, actorName, action, objectId }: AuditRow): DeedInWords => {
  const who = actorName ?? doers[actorKind] ?? 'Somebody'
  const deed = deedOf(action)
  const [before = '', after] = deed.split('{}')
  return {
    before: `${who} ${before}`,
    object: after === undefined ? null : objectId,
    after: after ?? '',
  }
}

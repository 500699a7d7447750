/** The moves of spaces, members and the steward in the model, and how each is answered. */
import { nextDue, resume } from './clocks.ts'
import { isPosted, openStages, post, reverse, voidStages } from './ledger.ts'
import {
  disputeByReport,
  end,
  join,
  openDisputeOf,
  raiseSendersAccount,
  settleAt,
  reopenFor,
  settleByReport,
  settleDispute,
} from './outcomes.ts'
import {
  absenceOf,
  isAway,
  isClaimable,
  isDisputable,
  isInChain,
  isLegal,
  legalEvents,
  sideOf,
  type Event,
  type Party,
} from './rules.ts'
import {
  day,
  isActive,
  levelOf,
  openDispute,
  referralOf,
  stages,
  type Reached,
  type Referral,
  type Stage,
  type World,
} from './state.ts'

/** What goes with an event; each takes what concerns it. */
export interface Details {
  readonly stage?: Reached
  readonly outcome?: string
  readonly reason?: string
  readonly at?: number
  readonly to?: number
  readonly decision?: 'upheld' | 'reversed'
}

export interface Move {
  readonly referral: number
  /** A space by its number (whose side decides the party), or the member, or the steward. */
  readonly by: number | 'member' | 'steward'
  readonly event: Event
  readonly details: Details
}

export type Verdict =
  | { readonly status: 200 | 201 }
  | { readonly status: 404 | 410 | 422; readonly code: string }
  | { readonly status: 409; readonly code: string; readonly legalEvents?: readonly string[] }

const done: Verdict = { status: 200 }
const badField: Verdict = { status: 422, code: 'validation_failed' }
const paused: Verdict = { status: 409, code: 'receiver_paused' }

/** Makes the move in this world, or says why it cannot be made. */
export const act = (world: World, { referral: n, by, event, details }: Move): Verdict => {
  const referral = referralOf(world, n)
  const party: Party | null = typeof by === 'number' ? sideOf(referral, by) : by
  if (party === null) return { status: 404, code: 'not_found' }
  if (!isLegal(world, referral, event, party)) {
    return {
      status: 409,
      code: 'illegal_transition',
      legalEvents: legalEvents(world, referral, party),
    }
  }
  const refusal = refusalOf(world, referral, event, party, details)
  if (refusal) return refusal
  effects[event](world, referral, details, party)
  referral.next = nextDue(world, referral)
  return done
}

const refusalOf = (
  world: World,
  referral: Referral,
  event: Event,
  party: Party,
  { stage, at, to }: Details,
): Verdict | null => {
  if (event === 'submit' && isAway(world, referral.receiver)) return paused
  if (event === 'grant-consent' && world.now > (referral.answerBy ?? 0)) return { status: 410, code: 'gone' }
  if (event === 'forward') {
    if (isInChain(world, referral, to ?? 0)) return badField
    if (isAway(world, to ?? 0)) return paused
  }
  if (event === 'schedule' || event === 'reschedule') {
    const latest = (referral.acceptedAt ?? 0) + 180 * day
    if ((at ?? 0) <= world.now || (at ?? 0) > latest) return badField
  }
  if (event === 'claim' && !openDispute(referral) && !isClaimable(referral, party, stage)) return badField
  return event === 'dispute' && !isDisputable(referral, stage, party) ? badField : null
}

type Effect = (world: World, referral: Referral, details: Details, party: Party) => void

/** How it goes was told: it is not overdue, and nobody wants it back. */
const progress = (world: World, referral: Referral): void => {
  Object.assign(referral, { progressAt: world.now, overdueAt: null })
}

const report =
  (stage: 'visited' | 'trial'): Effect =>
  (world, referral, _details, party) => {
    progress(world, referral)
    Object.assign(referral, { status: stage, reached: stage, withdrawalRequestedAt: null })
    if (party === 'member') memberTold(referral, stage)
    settleByReport(referral, stage)
    post(world, referral, stage)
  }

/** The most that the member told; who left had got as far as a trial. */
const memberTold = (referral: Referral, stage: Stage): void => {
  const told = referral.memberReport === 'left' ? 'trial' : referral.memberReport
  if (levelOf(stage) > levelOf(told)) referral.memberReport = stage
}

/** To a receiver that is away meanwhile, its time to answer is longer at once. */
const sent = (world: World, referral: Referral): void => {
  const absence = absenceOf(world, referral.receiver)
  const answerBy = world.now + 7 * day + absence
  Object.assign(referral, { status: 'sent', sentAt: world.now, answerBy, awayDelayed: absence > 0 })
}

const awaitConsent = (world: World, referral: Referral): void => {
  Object.assign(referral, { status: 'awaiting_consent', answerBy: world.now + 7 * day })
}

const effects: Record<Event, Effect> = {
  submit: (world, referral) =>
    referral.consent === 'link' ? awaitConsent(world, referral) : sent(world, referral),
  'grant-consent': sent,
  'refuse-consent': (world, referral) => end(world, referral, 'consent_revoked'),
  ask: (world, referral) => {
    Object.assign(referral, {
      status: 'info_requested',
      askedAt: world.now,
      questions: referral.questions + 1,
    })
  },
  answer: resume,
  accept: (world, referral) => {
    Object.assign(referral, { status: 'accepted', acceptedAt: world.now })
    openStages(world, referral, stages)
  },
  decline: (world, referral) => end(world, referral, 'declined'),
  withdraw: (world, referral) => end(world, referral, 'withdrawn'),
  'request-withdrawal': (world, referral) => {
    referral.withdrawalRequestedAt = world.now
  },
  'confirm-withdrawal': (world, referral) => end(world, referral, 'withdrawn'),
  forward: (world, referral, { to }) => forward(world, referral, to ?? 0),
  schedule: (world, referral, { at }) => {
    progress(world, referral)
    Object.assign(referral, { status: 'scheduled', scheduledFor: at })
  },
  reschedule: (world, referral, { at }) => {
    progress(world, referral)
    referral.scheduledFor = at ?? 0
  },
  'record-no-show': (world, referral, _details, party) => {
    progress(world, referral)
    referral.noShows += 1
    if (party === 'receiver') disputeByReport(world, referral, 'no_show')
    if (referral.noShows > 1) end(world, referral, 'closed', { outcome: 'no_show' })
    else Object.assign(referral, { status: 'accepted', scheduledFor: null })
  },
  'record-visit': report('visited'),
  'start-trial': report('trial'),
  close: (world, referral, { outcome = '', reason }) => {
    if (outcome === 'joined') {
      settleByReport(referral, 'joined')
      post(world, referral, 'joined')
      join(world, referral)
    } else {
      disputeByReport(world, referral, outcome)
      end(world, referral, 'closed', { outcome, ...(reason !== undefined && { reason }) })
    }
  },
  claim: (world, referral, { stage }, party) => {
    if (stage === undefined || stage === 'none') return
    if (openDispute(referral)) {
      referral.memberReport = stage
      raiseSendersAccount(world, referral, stage)
      return
    }
    if (party === 'member') memberTold(referral, stage)
    const by = party === 'member' ? 'member' : 'sender'
    Object.assign(referral, { claim: { stage, by, at: world.now }, withdrawalRequestedAt: null })
    if (!isActive(referral.status)) reopenFor(world, referral, stage)
  },
  'report-left': (world, referral, _details, party) => {
    reverse(world, referral, ['joined'])
    Object.assign(referral, { reached: 'trial', leftAt: world.now })
    if (party === 'member') referral.memberReport = 'left'
  },
  revoke: (world, referral) => {
    Object.assign(referral, { claim: null, dispute: referral.dispute?.resolved ? referral.dispute : null })
    end(world, referral, 'consent_revoked')
  },
  dispute: (world, referral, { stage }, party) => {
    if (openDispute(referral)) {
      if (stage !== undefined && stage !== 'none') raiseSendersAccount(world, referral, stage)
      return
    }
    const { claim, reached } = referral
    const asserted = stage ?? reached ?? 'none'
    const contested = (party === 'receiver' ? claim?.stage : undefined) ?? reached ?? 'none'
    if (party === 'receiver' && levelOf(asserted) > levelOf(contested)) {
      openStages(
        world,
        referral,
        stages.slice(0, levelOf(asserted)).filter((one) => !isPosted(world, referral, one)),
      )
      settleAt(world, referral, asserted === 'none' ? null : asserted)
      return
    }
    if (party === 'sender') referral.claim = null
    openDisputeOf(world, referral, party === 'receiver' ? 'receiver' : 'sender', contested, asserted)
  },
  resolve: (world, referral, { decision }) => {
    const dispute = openDispute(referral)
    const final = decision === 'upheld' ? dispute?.contested : dispute?.asserted
    settleDispute(world, referral, final === 'none' || final === undefined ? null : final)
  },
}

export interface Sending {
  readonly from: number
  readonly to: number
  readonly person: number
  readonly consent: 'attested' | 'link'
  readonly draft: boolean
}

/** A new referral, or why there is none. */
export const send = (world: World, { from, to, person, consent, draft }: Sending): Verdict => {
  if (from === to) return badField
  if (isAway(world, to)) return paused
  const referral = newReferral(world, from, to, person, consent)
  if (!draft) effects.submit(world, referral, {}, 'sender')
  referral.next = nextDue(world, referral)
  return { status: 201 }
}

const forward = (world: World, parent: Referral, to: number): void => {
  const child = newReferral(world, parent.receiver, to, parent.person, 'link')
  child.trail = [...parent.trail, { referral: parent.n, space: parent.sender }]
  awaitConsent(world, child)
  child.next = nextDue(world, child)
  parent.child = child.n
  end(world, parent, 'forwarded')
  voidStages(parent)
}

const newReferral = (
  world: World,
  sender: number,
  receiver: number,
  person: number,
  consent: 'attested' | 'link',
): Referral => {
  const referral: Referral = {
    n: world.referrals.length,
    ...{ sender, receiver, person, consent, status: 'draft', createdAt: world.now },
    ...{ outcome: null, outcomeReason: null, sentAt: null, acceptedAt: null, closedAt: null },
    ...{ answerBy: null, askedAt: null, questions: 0, awayDelayed: false },
    ...{ progressAt: null, overdueAt: null, withdrawalRequestedAt: null, scheduledFor: null, noShows: 0 },
    ...{ reached: null, joinedAt: null, joinConfirmed: false, leftAt: null },
    ...{ claim: null, dispute: null, memberReport: null },
    ...{ trail: [], child: null, finalOutcome: null, openStages: [], promised: {}, reserved: {}, next: null },
  }
  world.referrals.push(referral)
  return referral
}

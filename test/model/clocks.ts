/** What the clock brings about in the model: when it is due, and what happens then. */
import { heldUntil, release } from './ledger.ts'
import { cover, end, postClaim, settleDispute } from './outcomes.ts'
import { absenceOf, isAway } from './rules.ts'
import {
  day,
  hour,
  isActive,
  levelOf,
  openDispute,
  referralOf,
  stageAt,
  type Referral,
  type World,
} from './state.ts'

interface Due {
  event: string
  at: number
}

/** Whatever comes first. To be asked after each event, as a reminder that is already past is left out. */
export const nextDue = (world: World, referral: Referral): Due | null => {
  const candidates = duesOf(world, referral)
  return candidates.reduce<Due | null>((first, one) => (first && first.at <= one.at ? first : one), null)
}

const duesOf = (world: World, referral: Referral): Due[] => {
  const released = heldUntil(world, referral)
  const dues = lifeDues(world, referral)
  return released === null ? dues : [...dues, { event: 'release', at: released }]
}

const lifeDues = (world: World, referral: Referral): Due[] => {
  const { status } = referral
  if (status === 'draft') return [{ event: 'abandon', at: referral.createdAt + 30 * day }]
  if (status === 'awaiting_consent') return expiry(referral)
  if (status === 'sent') return [...reminders(world, referral), ...expiry(referral)]
  if (status === 'info_requested') {
    const resume = { event: 'resume', at: (referral.askedAt ?? 0) + 3 * day }
    return referral.questions > 1 ? [resume, ...expiry(referral)] : [resume]
  }
  return isActive(status) ? [...progressDues(referral), ...doubtDues(referral)] : doubtDues(referral)
}

const expiry = ({ answerBy }: Referral): Due[] => [{ event: 'expire', at: answerBy ?? 0 }]

const reminders = (world: World, { answerBy }: Referral): Due[] =>
  [24, 72]
    .map((hours) => ({ event: 'remind', at: (answerBy ?? 0) - 7 * day + hours * hour }))
    .filter(({ at }) => at > world.now)

const progressDues = (referral: Referral): Due[] => {
  const { acceptedAt, withdrawalRequestedAt } = referral
  const dues = [
    { event: 'overdue', at: overdueOf(referral) },
    { event: 'end', at: (acceptedAt ?? 0) + 180 * day },
  ]
  if (withdrawalRequestedAt === null) return dues
  return [...dues, { event: 'confirm-withdrawal', at: withdrawalRequestedAt + 3 * day }]
}

const overdueOf = ({ overdueAt, progressAt, scheduledFor, acceptedAt }: Referral): number => {
  if (overdueAt !== null) return overdueAt + 30 * day
  if (progressAt === null) return (acceptedAt ?? 0) + 7 * day
  return Math.max(progressAt, scheduledFor ?? 0) + 30 * day
}

const doubtDues = (referral: Referral): Due[] => {
  const dispute = openDispute(referral)
  if (dispute) return [{ event: 'resolve', at: dispute.at + 30 * day }]
  const dues = referral.claim ? [{ event: 'post-claim', at: referral.claim.at + 14 * day }] : []
  const { joinedAt, joinConfirmed, leftAt, outcome } = referral
  const isYoung = outcome === 'joined' && joinedAt !== null && leftAt === null && !joinConfirmed
  return isYoung ? [...dues, { event: 'confirm-join', at: joinedAt + 30 * day }] : dues
}

/**
 * Referrals that the clock may end or post side by side, where who comes first matters: of one person, as it may leave nothing
 * for the others; and of one way, as who stayed on it is told nothing of those further on.
 */
export const rivalsIn = (world: World): number[] => {
  const posting = world.referrals.filter(({ claim, dispute }) => {
    const open = dispute && !dispute.resolved ? dispute : null
    return open ? open.at + 30 * day <= world.now : claim !== null && claim.at + 14 * day <= world.now
  })
  const count = (person: number) => posting.filter((one) => one.person === person).length
  const due = world.referrals.filter(({ next }) => next !== null && next.at <= world.now)
  const onWay = (one: Referral) => due.filter((other) => rootOf(other) === rootOf(one))
  const isRival = (one: Referral) =>
    posting.includes(one)
      ? count(one.person) > 1 || onWay(one).length > 1
      : onWay(one).some((other) => posting.includes(other))
  return due.filter(isRival).map(({ n }) => n)
}

/** The referral with which the way of a member began. */
const rootOf = ({ trail, n }: Referral): number => trail[0]?.referral ?? n

/** The same numbers, with those that are rivals in the order of `rivals` at the places that rivals have. */
const inTurn = (numbers: readonly number[], rivals: readonly number[]): number[] => {
  const waiting = rivals.filter((n) => numbers.includes(n))
  return numbers.map((n) => (rivals.includes(n) ? (waiting.shift() ?? n) : n))
}

/**
 * Works off all that is due, round by round: who was due first comes first, and what follows from it comes after.
 * @param rivals referrals that are worked on side by side, in the order in which they come to their turn
 */
export const sweep = (world: World, rivals: readonly number[] = []): void => {
  for (;;) {
    const due = world.referrals.filter(({ next }) => next !== null && next.at <= world.now)
    if (due.length === 0) return
    due.sort((a, b) => (a.next?.at ?? 0) - (b.next?.at ?? 0))
    const numbers = due.map(({ n }) => n)
    for (const n of inTurn(numbers, rivals)) {
      const referral = referralOf(world, n)
      fire(world, referral)
      referral.next = nextDue(world, referral)
    }
  }
}

const fire = (world: World, referral: Referral): void => {
  happens[referral.next?.event ?? '']?.(world, referral)
}

const expireOrPostpone = (world: World, referral: Referral): void => {
  const { awayDelayed, receiver, status } = referral
  if (awayDelayed || status === 'awaiting_consent' || !isAway(world, receiver)) {
    end(world, referral, 'expired')
    return
  }
  referral.answerBy = (referral.answerBy ?? 0) + absenceOf(world, receiver)
  referral.awayDelayed = true
}

/** The first question stops the clock of the answer: what passed meanwhile is given back. */
export const resume = (world: World, referral: Referral): void => {
  if (referral.questions === 1) {
    referral.answerBy = (referral.answerBy ?? 0) + Math.min(world.now - (referral.askedAt ?? 0), 3 * day)
  }
  referral.status = 'sent'
}

/** After 30 days the member's own report decides, between what the two sides say; without one, the lower of these. */
const byTheMember = (referral: Referral) => {
  const [low, high] = cover(openDispute(referral))
  const told = referral.memberReport === 'left' ? 'trial' : referral.memberReport
  return stageAt(Math.min(Math.max(levelOf(told), low), high))
}

/** What comes about when it is due; a reminder changes nothing. */
const happens: Record<string, (world: World, referral: Referral) => void> = {
  expire: expireOrPostpone,
  resume,
  abandon: (world, referral) => end(world, referral, 'withdrawn'),
  'confirm-withdrawal': (world, referral) => end(world, referral, 'withdrawn'),
  end: (world, referral) => end(world, referral, 'closed', { outcome: 'unknown' }),
  'post-claim': postClaim,
  resolve: (world, referral) => settleDispute(world, referral, byTheMember(referral)),
  release,
  overdue: (world, referral) => {
    referral.overdueAt = world.now
  },
  'confirm-join': (_world, referral) => {
    referral.joinConfirmed = true
  },
}

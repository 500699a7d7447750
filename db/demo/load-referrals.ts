import type { Deps } from '../../src/platform/context.ts'
import { carry } from '../../src/platform/database/door.ts'
import { writeStatement } from '../../src/platform/database/statements.ts'
import { day, dayOf } from '../../src/platform/clock.ts'
import { toUuid, type Id } from '../../src/platform/ids.ts'
import { acceptReferral } from '../../src/referrals/accept.ts'
import { closeReferral } from '../../src/referrals/close.ts'
import { confirmNotice } from '../../src/referrals/confirm-notice.ts'
import type { SendBody } from '../../src/referrals/contract-referral.ts'
import { declineReferral } from '../../src/referrals/decline.ts'
import { grantConsent, refuseConsent } from '../../src/referrals/member-consent.ts'
import { recordVisit } from '../../src/referrals/record-visit.ts'
import { sendReferral } from '../../src/referrals/send.ts'
import { startTrial } from '../../src/referrals/start-trial.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { withdrawReferral } from '../../src/referrals/withdraw.ts'
import { clientOf, ctxAt, type LoadedSpace, type LoadedSpaces } from './actors.ts'
import type { Calendar } from './calendar.ts'
import type { Step } from './plan-life.ts'
import type { PlannedReferral } from './plan-referrals.ts'
import { sideBySide } from './side-by-side.ts'

interface Loading {
  readonly calendar: Calendar
  readonly loaded: LoadedSpaces
  /** Called after each step. */
  readonly onStep: () => void
}

/**
 * Lives the referrals of the plan through, all of them together in the order of time, so that the newest change of a
 * balance is the last one. The steps of one referral wait for each other.
 */
export const loadReferrals = async (
  deps: Deps,
  referrals: readonly PlannedReferral[],
  loading: Loading,
): Promise<void> => {
  const steps = referrals
    .flatMap((referral) => referral.steps.map((step) => ({ referral, step })))
    .sort((a, b) => a.step.minute - b.step.minute)
  const lives = new Map(referrals.map((referral) => [referral, lifeOf(deps, referral, loading)]))
  await sideBySide(steps, async ({ referral, step }) => {
    await lives.get(referral)?.take(step)
    loading.onStep()
  })
  // What came due in all that time and nobody did: it is brought about today.
  await sweepReferrals(deps)
  const told = referrals.flatMap((referral) => lives.get(referral)?.toldId() ?? [])
  await carry(deps, async (tx) => {
    await tx.write(noticesWereGiven, [told.map(toUuid)])
    await tx.write(mailsWereSent, [])
  })
}

/** What the mail pump does one by one, done at once: the notices and mails of the past had their time. */
const noticesWereGiven = writeStatement(
  'noticesWereGiven',
  'update referrals set notice_at = sent_at where id = any($1::uuid[]) and sent_at is not null',
)
const mailsWereSent = writeStatement(
  'mailsWereSent',
  'update outbox set due_at = null where due_at is not null',
)

/** Takes the steps of one referral one after the other. */
const lifeOf = (deps: Deps, referral: PlannedReferral, { calendar, loaded }: Loading) => {
  const from = spaceOf(loaded, referral.from)
  const to = spaceOf(loaded, referral.to)
  let id: Id<'referral'> | null = null
  let before = Promise.resolve()
  const live = async (step: Step): Promise<void> => {
    const at = calendar.at(step.minute)
    if (step.verb === 'send') {
      const body = bodyOf(referral, to, calendar, at)
      id = (await sendReferral(ctxAt(deps, at, clientOf(from)), body)).id
    } else if (id !== null) {
      await carryOut(deps, { id, from, to, at }, step)
    }
  }
  return {
    take: (step: Step): Promise<void> => {
      before = before.then(() => live(step))
      return before
    },
    /** The referral, when its member was told of it by mail. */
    toldId: () => (referral.consent.given === 'told' ? id : null),
  }
}

const spaceOf = (loaded: LoadedSpaces, key: string): LoadedSpace => {
  const space = loaded.get(key)
  if (!space) throw new Error(`The plan has no space ${key}`)
  return space
}

interface Scene {
  readonly id: Id<'referral'>
  readonly from: LoadedSpace
  readonly to: LoadedSpace
  readonly at: number
}

const carryOut = (
  deps: Deps,
  { id, from, to, at }: Scene,
  step: Exclude<Step, { verb: 'send' }>,
): Promise<unknown> => {
  const bySender = () => ctxAt(deps, at, clientOf(from))
  const byReceiver = () => ctxAt(deps, at, clientOf(to))
  const byMember = () => ctxAt(deps, at, { kind: 'member', id })
  const target = { senderId: from.id, referralId: id }
  switch (step.verb) {
    case 'grant':
      return grantConsent(byMember(), target)
    case 'refuse':
      return refuseConsent(byMember(), target)
    case 'passOn':
      return confirmNotice(bySender(), id)
    case 'withdraw':
      return withdrawReferral(bySender(), id)
    case 'accept': {
      const { terms, message } = step
      return acceptReferral(byReceiver(), id, { ...(terms && { terms }), ...(message && { message }) })
    }
    case 'decline': {
      const { reason, note } = step
      return declineReferral(byReceiver(), id, { reason, ...(note && { note }) })
    }
    case 'recordVisit':
      return recordVisit(byReceiver(), id, dayOf(at))
    case 'startTrial':
      return startTrial(byReceiver(), id)
    case 'close': {
      const { outcome, reason } = step
      return closeReferral(byReceiver(), id, { outcome, ...(reason && { reason }) })
    }
  }
}

const bodyOf = (referral: PlannedReferral, to: LoadedSpace, calendar: Calendar, at: number): SendBody => {
  const { member, summary, stay, needs, note, consent, isDraft } = referral
  const { fromDay, amenities, languages, ...wishes } = needs
  return {
    toSpaceId: to.id,
    member,
    brief: {
      summary,
      stay,
      needs: {
        ...wishes,
        from: calendar.dayOf(fromDay),
        amenities: [...amenities],
        languages: [...languages],
      },
    },
    ...(note !== null && { note }),
    consent: consentOf(consent, at),
    draft: isDraft,
  }
}

const consentOf = (consent: PlannedReferral['consent'], at: number): SendBody['consent'] =>
  consent.given === 'link'
    ? { kind: 'link', named: false }
    : {
        kind: 'attested',
        named: false,
        how: consent.how,
        obtainedOn: dayOf(at - consent.daysBefore * day),
      }

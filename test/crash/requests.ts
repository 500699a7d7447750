import type { Status } from '../../src/referrals/lifecycle.ts'
import type { Caller } from './asking.ts'
import { pick, type Chance } from './chance.ts'

/** A referral on its way, as far as its client knows. */
export interface Walk {
  readonly id: string
  readonly sender: Caller
  readonly receiver: Caller
  readonly status: Status
  readonly version: number
  /** Whether the receiver has it. */
  readonly isSent: boolean
}

const yesterday = () => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)

/** A new referral; every second one names its key as the sender's own reference. */
export const sendBody = (chance: Chance, toSpaceId: string, draft: boolean, key: string): object => {
  const email = `person-${String(Math.floor(chance() * 500))}@example.org`
  const attested = { kind: 'attested', obtainedOn: yesterday(), how: 'in_person' }
  return {
    toSpaceId,
    member: { name: 'Ada Lovelace', email },
    brief: { summary: 'Illustrator, wants quiet and daylight', stay: 'relocate' },
    consent: chance() < 0.05 ? { kind: 'link' } : attested,
    draft,
    ...(chance() < 0.5 && { externalRef: key }),
  }
}

interface Reading {
  readonly caller: Caller
  readonly path: string
  /** What is wrong with the answer, if anything is. */
  readonly fault?: (text: string) => string | undefined
}

/** A read of what the client walks, or of what its home has. */
export const readingOf = (chance: Chance, home: Caller, walks: readonly Walk[]): Reading => {
  const { id, sender, receiver, version, isSent } = pick(chance, walks)
  const caller = isSent && chance() < 0.5 ? receiver : sender
  const whole = {
    caller,
    path: `/v1/referrals/${id}`,
    fault: (text: string) => {
      const found = (JSON.parse(text) as { version: number }).version
      return found < version
        ? `${id} reads as version ${String(found)}, after ${String(version)} was acknowledged`
        : undefined
    },
  }
  return pick(chance, [
    whole,
    whole,
    { caller: sender, path: `/v1/referrals/${id}/events` },
    { caller: home, path: '/v1/referrals?box=sent&limit=10' },
    { caller: home, path: '/v1/referrals?box=received&limit=10' },
    { caller: home, path: '/v1/reciprocity' },
  ])
}

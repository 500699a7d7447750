import { z } from 'zod'
import { day } from './clock.ts'

/** A span in days; parts of a day are allowed. */
const days = (standard: number) => z.number().min(0.001).max(3_650).default(standard)

/**
 * How long things take in this network (design: "The life of a referral", "Reciprocity"), in days of 24 hours. The one
 * place where a period stands; `WAGGLE_POLICY` replaces any of them.
 */
export const policyFile = z.strictObject({
  /** An untouched draft. */
  draft: days(30),
  /** An invitation to a space outside the network. */
  invitation: days(14),
  /** The member's answer to being asked. */
  consent: days(7),
  /** The receiver's answer. */
  response: days(7),
  firstReminder: days(1),
  secondReminder: days(3),
  /** How long a question is open; the first one stops the response clock. */
  question: days(3),
  /** The most by which an absence of the receiver moves the response. */
  absence: days(14),
  /** Silence on a request to withdraw. */
  withdrawal: days(3),
  /** The first word after acceptance, and the ones after it. */
  firstUpdate: days(7),
  update: days(30),
  /** The longest that a referral stays active after acceptance. */
  active: days(180),
  /** Silence on a claim. */
  claim: days(14),
  /** After the end: how long a claim or a dispute may come. */
  objection: days(14),
  /** How long the steward has for a dispute. */
  dispute: days(30),
  /** How long a join is provisional. */
  join: days(30),
  /** Of a space that was admitted by vouches alone. */
  probation: days(90),
  /** The window in which a person is worth one credit at most. */
  person: days(365),
  /** How long somebody who applied has to confirm the address. */
  confirmation: days(2),
  /** How long an application is kept that was rejected or withdrawn. */
  endedApplication: days(180),
  /** How long a colleague has to accept an invitation to a space. */
  managerInvitation: days(14),
  /** How long the words about a member are kept after a referral that came to nothing: declined, expired, withdrawn, passed on. */
  declinedIdentity: days(90),
  /** The same after one that was closed with an outcome. */
  closedIdentity: days(730),
  /** The longest that somebody stays signed in, and how long when nothing is opened meanwhile. */
  session: days(30),
  sessionIdle: days(7),
  /** How long the secret of an API client goes on beside the one that replaces it. */
  previousSecret: days(1),
})

type PolicyFile = z.output<typeof policyFile>

/** The same spans in milliseconds. */
export type Policy = Readonly<Record<keyof PolicyFile, number>>

export const makePolicy = (file: PolicyFile): Policy =>
  Object.fromEntries(
    Object.entries(file).map(([name, span]) => [name, Math.round(span * day)]),
  ) as unknown as Policy

/** The second ends what the first belongs to: the first must come before it, or it never comes about. */
const orders: readonly [shorter: keyof PolicyFile, longer: keyof PolicyFile][] = [
  ['firstReminder', 'secondReminder'],
  ['secondReminder', 'response'],
  ['firstUpdate', 'active'],
  ['update', 'active'],
  ['withdrawal', 'active'],
  ['invitation', 'draft'],
  ['sessionIdle', 'session'],
]

/** Everything that keeps `value` from being a policy file, a line for each fault. */
export const policyFaults = (value: unknown): string[] => {
  const { error } = policyFile.safeParse(value)
  if (typeof value !== 'object' || value === null) return error?.issues.map(({ message }) => message) ?? []
  const spanOf = (name: keyof PolicyFile): number | undefined =>
    policyFile.shape[name].safeParse((value as Record<string, unknown>)[name]).data
  const wrong = error?.issues.map(({ path, message }) => [...path, message].join(' ')) ?? []
  const misplaced = orders.flatMap(([shorter, longer]) => {
    const [first, second] = [spanOf(shorter), spanOf(longer)]
    if (first === undefined || second === undefined || first < second) return []
    return [`${shorter} is ${String(first)} and must be less than ${longer}, which is ${String(second)}`]
  })
  return [...wrong, ...misplaced]
}

export const standardPolicy = makePolicy(policyFile.parse({}))

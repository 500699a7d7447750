import { ConfigFault } from '../config.ts'
import { Problem } from '../platform/errors.ts'
import { referralId as referralIdSchema } from '../platform/contract.ts'
import type { Referral } from '../referrals/contract-referral.ts'
import { resolveDispute, type Decision } from '../referrals/resolve.ts'
import { runCommand } from './command.ts'

/** The steward's word on a dispute; says how the referral stands by it. */
export const resolve = async (
  referralId: string,
  decision: Decision,
  { seen }: { seen?: string },
): Promise<void> => {
  const id = referralIdSchema.safeParse(referralId)
  if (!id.success) throw new ConfigFault(`${referralId} is not the id of a referral (ref_…).`)
  if (seen !== undefined && !/^\d{1,7}$/.test(seen)) {
    throw new ConfigFault(`--seen takes the version that \`waggle disputes\` told, not ${seen}.`)
  }
  const version = seen === undefined ? undefined : Number(seen)
  const referral = await runCommand('resolve', (ctx) =>
    resolveDispute(ctx, id.data, decision, version),
  ).catch((error: unknown) => {
    throw error instanceof Problem ? explained(error, id.data) : error
  })
  process.stdout.write(`${told(referral, decision)}\n`)
}

const explained = (problem: Problem, referralId: string): Error => {
  if (problem.code === 'not_found') return new ConfigFault(`There is no referral ${referralId}.`)
  if (problem.code === 'illegal_transition') return new ConfigFault(`Nothing is in dispute on ${referralId}.`)
  if (problem.code === 'precondition_failed')
    return new ConfigFault(`${referralId} has changed since you looked: see \`waggle disputes\`.`)
  return problem
}

const told = ({ id, dispute, reached, status, outcome }: Referral, decision: Decision): string => {
  const [stands, falls] =
    decision === 'upheld' ? [dispute?.contested, dispute?.asserted] : [dispute?.asserted, dispute?.contested]
  const state = outcome === null ? status : `${status}, ${outcome}`
  return [
    `${id}: ${decision}. What was reached is ${wordOf(stands)}, not ${wordOf(falls)}.`,
    `The points up to ${wordOf(reached)} count; the referral is ${state}.`,
  ].join('\n')
}

const wordOf = (level: string | null | undefined): string => level ?? 'none'

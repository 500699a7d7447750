import type { Ctx } from '../platform/context.ts'
import type { OpenDispute } from '../referrals/contract-disputes.ts'
import { listDisputes } from '../referrals/list-disputes.ts'
import { runCommand } from './command.ts'

/** What the steward has to decide, with what was written about it. */
export const disputes = async ({ json = false }: { json?: boolean }): Promise<void> => {
  const open = await runCommand('disputes', everyDispute)
  if (!json && open.length === 0) process.stderr.write('Nothing is in dispute.\n')
  for (const one of open) process.stdout.write(json ? `${JSON.stringify(one)}\n` : `${inWords(one)}\n\n`)
}

const everyDispute = async (ctx: Ctx): Promise<OpenDispute[]> => {
  const every: OpenDispute[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listDisputes(ctx, { limit: 100, ...(cursor !== undefined && { cursor }) })
    every.push(...page.data)
    cursor = page.nextCursor
  }
  return every
}

const inWords = (one: OpenDispute): string =>
  [
    `${one.referralId}: ${one.sender} → ${one.receiver}, since ${one.at.slice(0, 10)}`,
    `  contested ${one.contested}; the ${one.by} says ${one.asserted}; the member says ${one.memberReport ?? 'nothing yet'}`,
    ...(one.note === null ? [] : [`  “${one.note}”`]),
    ...(one.answer === null ? [] : [`  the sender answers: “${one.answer}”`]),
    ...(one.decidedAt === null ? [] : [`  decided without you on ${one.decidedAt.slice(0, 10)}`]),
    `  waggle resolve ${one.referralId} upheld | reversed --seen ${String(one.version)}`,
  ].join('\n')

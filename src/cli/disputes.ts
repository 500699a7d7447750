import { listDisputes, type OpenDispute } from '../referrals/list-disputes.ts'
import { runCommand } from './command.ts'

/** What the steward has to decide, with what was written about it. */
export const disputes = async ({ json = false }: { json?: boolean }): Promise<void> => {
  const open = await runCommand('disputes', listDisputes)
  if (!json && open.length === 0) process.stderr.write('Nothing is in dispute.\n')
  for (const one of open) process.stdout.write(json ? `${JSON.stringify(one)}\n` : `${inWords(one)}\n\n`)
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

import type { z } from 'zod'
import type { getReciprocity } from '../reciprocity/contract.ts'

type Balance = z.output<(typeof getReciprocity)['answers'][200]['schema']>

/** What one space gave and got, before and after the story. */
export interface Change {
  readonly name: string
  readonly before: Balance
  readonly after: Balance
}

/** A small table: people first, points last. */
export const balanceTable = (changes: readonly Change[]): string[] => {
  const header = ['', '', 'went out', 'stayed', 'came', 'stayed', 'earned', 'owed', 'net']
  const rows = changes.flatMap(({ name, before, after }) => [
    [name, 'before', ...figures(before)],
    ['', 'after', ...figures(after)],
  ])
  const table = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  return table.map((row) =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  )
}

const figures = ({ referrals, points }: Balance): string[] =>
  [
    referrals.sent,
    referrals.sentJoined,
    referrals.received,
    referrals.receivedJoined,
    points.earned,
    points.owed,
    points.net,
  ].map(String)

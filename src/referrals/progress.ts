import type { CardRow } from './cards.ts'
import { rankOf, levelOf, reportOf } from './outcome.ts'
import { stagesUpTo } from '../reciprocity/balance.ts'
import type { InHand, Step } from './step.ts'

/** A stage short of joining is reached: its points are posted, and a request to withdraw has lost its reason. */
export const stepTo = (
  stage: 'visited' | 'trial',
  { mine, party }: InHand,
  now: string,
  patch: Partial<CardRow> = {},
): Step => ({
  to: stage,
  move: { posts: stagesUpTo(stage) },
  patch: {
    ...reportOf(mine, stage, now),
    progressAt: now,
    overdueAt: null,
    withdrawalRequestedAt: null,
    ...(party === 'member' && { memberReport: highest(mine.memberReport, stage) }),
    ...patch,
  },
})

/** The most that the member has told; who left has got as far as a trial. */
export const highest = (
  told: CardRow['memberReport'],
  stage: 'visited' | 'trial' | 'joined',
): CardRow['memberReport'] => {
  const level = told === 'left' ? 'trial' : levelOf(told)
  return rankOf(level) >= rankOf(stage) ? told : stage
}

import type { Id } from '../platform/ids.ts'
import type { RejectReason, Repair } from './record.ts'

interface Where {
  /** 1 for the first record or feature. */
  readonly row: number
  /** Line of the file, where the format has lines. */
  readonly line?: number
  /** The name, else the id, else ''. */
  readonly label: string
}

export interface Accepted extends Where {
  readonly outcome: 'accepted'
  readonly change: 'created' | 'updated'
  readonly spaceId: Id<'space'>
  readonly source: string
  readonly externalId: string
  /** What the importer changed in what the file says; a row with any counts as repaired. */
  readonly repairs: readonly Repair[]
  /** Fields that the file left out and the position answered. */
  readonly derived: readonly string[]
  /** What was left out for privacy. */
  readonly dropped: readonly string[]
  /** Another space that may be the same; a person decides, with `merge`. */
  readonly possibleDuplicateOf: { readonly spaceId: Id<'space'>; readonly name: string } | null
}

export interface Unchanged extends Where {
  readonly outcome: 'unchanged'
  /**
   * `same`: the row is as it was. `claimed`: it has changed, but the space speaks for itself by now.
   * `other_source`: the space has this id too, but its profile comes from elsewhere (after a merge).
   */
  readonly because: 'same' | 'claimed' | 'other_source'
  readonly spaceId: Id<'space'>
  readonly source: string
  readonly externalId: string
}

interface Duplicate extends Where {
  readonly outcome: 'duplicate'
  readonly ofRow: number
  readonly reason: 'same_external_id' | 'same_name_and_address'
  readonly externalId: string
}

interface Rejected extends Where {
  readonly outcome: 'rejected'
  readonly reason: RejectReason
  readonly detail: string
}

/** What became of one row of a file. */
export type RowReport = Accepted | Unchanged | Duplicate | Rejected

/** rows = accepted + duplicates + rejected + unchanged; the repaired are among the accepted. */
export interface ImportSummary {
  readonly rows: number
  readonly accepted: number
  readonly repaired: number
  readonly duplicates: number
  readonly rejected: number
  readonly unchanged: number
}

export const emptySummary: ImportSummary = {
  rows: 0,
  accepted: 0,
  repaired: 0,
  duplicates: 0,
  rejected: 0,
  unchanged: 0,
}

const counters = {
  accepted: 'accepted',
  duplicate: 'duplicates',
  rejected: 'rejected',
  unchanged: 'unchanged',
} as const

/** The summary with one row more. */
export const counted = (summary: ImportSummary, report: RowReport): ImportSummary => {
  const counter = counters[report.outcome]
  const isRepaired = report.outcome === 'accepted' && report.repairs.length > 0
  return {
    ...summary,
    rows: summary.rows + 1,
    [counter]: summary[counter] + 1,
    repaired: summary.repaired + (isRepaired ? 1 : 0),
  }
}

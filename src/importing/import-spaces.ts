import type { Ctx } from '../platform/context.ts'
import type { FileFormat } from './detect-format.ts'
import { importBatch } from './import-batch.ts'
import { ImportFileError } from './import-file-error.ts'
import { readRows, type FileFacts } from './read-rows.ts'
import type { ReadRow } from './record.ts'
import { counted, emptySummary, type ImportSummary, type RowReport } from './row-report.ts'

interface ImportOptions {
  /** Found out when absent. */
  readonly format?: FileFormat
  /** Where rows come from that are not OpenStreetMap's; from the file's name when absent. */
  readonly source?: string
  /** Stops after the batch in hand. */
  readonly signal?: AbortSignal
  /** What is known of the file before its first row. */
  readonly onFile?: (facts: FileFacts) => void
}

export interface ImportResult {
  readonly summary: ImportSummary
  /** A fault of the file as a whole; the rows before it are imported. */
  readonly fault: ImportFileError | null
  readonly interrupted: boolean
}

/** Small enough for a short transaction, large enough that its round trips do not count. */
const batchSize = 200

/**
 * Brings the spaces of a file into the directory, unclaimed, in bounded memory and in batches that are there whole or
 * not at all: what was killed in the middle is completed by running it again. One (source, external id) is one space.
 * `onRow` hears of each row in order, once it is stored; `onProgress` of the bytes read, with
 * every chunk and every batch.
 * @throws Problem `insufficient_scope`, `unavailable`
 */
export const importSpaces = async (
  ctx: Ctx,
  path: string,
  options: ImportOptions,
  onRow: (report: RowReport) => void,
  onProgress: (read: number) => void = () => undefined,
): Promise<ImportResult> => {
  let summary = emptySummary
  let fault: ImportFileError | null = null
  let batch: ReadRow[] = []
  let read = 0
  const onBytes = (bytes: number) => {
    read = bytes
    onProgress(read)
  }
  const store = async () => {
    const rows = batch
    batch = []
    if (rows.length === 0) return
    for (const report of await importBatch(ctx, rows)) {
      summary = counted(summary, report)
      onRow(report)
    }
    onProgress(read)
  }
  const { signal, ...reading } = options
  const isStopped = () => signal?.aborted === true
  try {
    for await (const row of readRows(path, { ...reading, onBytes })) {
      batch.push(row)
      if (batch.length === batchSize) await store()
      if (isStopped()) break
    }
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error
    fault = error
  }
  await store()
  return { summary, fault, interrupted: isStopped() }
}

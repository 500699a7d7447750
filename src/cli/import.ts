import { ConfigFault } from '../config.ts'
import { importSpaces, type ImportResult } from '../importing/import-spaces.ts'
import type { ImportSummary, RowReport } from '../importing/row-report.ts'
import type { FileFacts } from '../importing/read-rows.ts'
import type { Ctx } from '../platform/context.ts'
import { code } from '../platform/contract.ts'
import { runCommand } from './command.ts'
import { importBar } from './import-bar.ts'
import { fileInWords, rowInWords, summaryInWords } from './import-words.ts'

interface Options {
  readonly format?: string
  readonly source?: string
  readonly json?: boolean
}

/**
 * Imports a file and reports on standard output: a line for each row that wants a look and a summary, or with `--json`
 * an object for every row and the summary last. Exit code 1 for a fault of the file, 130 after Ctrl-C.
 */
export const importFile = async (file: string, options: Options): Promise<void> => {
  const chosen = { ...formatOf(options.format), ...sourceOf(options.source) }
  const voice = options.json ? inJson : inWords
  const { fault, interrupted } = await runCommand('import', (ctx) => run(ctx, file, chosen, voice))
  if (fault) {
    process.stderr.write(`${file}: ${fault.message}\n`)
    process.exitCode = 1
  } else if (interrupted) {
    process.stderr.write('Stopped. These rows are stored; the same command again continues.\n')
    process.exitCode = 130
  }
}

type Chosen = ReturnType<typeof formatOf> & ReturnType<typeof sourceOf>

/** How the report is put; null for what is not worth a line. */
interface Voice {
  readonly file: (facts: FileFacts) => string | null
  readonly row: (report: RowReport) => string | null
  readonly summary: (summary: ImportSummary) => string
}

const inWords: Voice = { file: fileInWords, row: rowInWords, summary: summaryInWords }
const inJson: Voice = { file: () => null, row: (report) => JSON.stringify(report), summary: JSON.stringify }

const run = async (ctx: Ctx, file: string, chosen: Chosen, voice: Voice): Promise<ImportResult> => {
  const bar = importBar(process.stderr)
  const say = (line: string | null, stream: NodeJS.WriteStream = process.stdout) => {
    if (line === null) return
    bar.clear()
    stream.write(`${line}\n`)
  }
  const stop = new AbortController()
  const onInterrupt = () => {
    say('Stopping after this batch; Ctrl-C again stops at once.', process.stderr)
    stop.abort()
  }
  process.once('SIGINT', onInterrupt)
  let size = 0
  let stored = 0
  const onFile = (facts: FileFacts) => {
    ;({ size } = facts)
    say(voice.file(facts))
  }
  const onRow = (report: RowReport) => {
    stored += 1
    say(voice.row(report))
  }
  const onProgress = (read: number) => bar.at(read, size, stored)
  try {
    const result = await importSpaces(
      ctx,
      file,
      { ...chosen, signal: stop.signal, onFile },
      onRow,
      onProgress,
    )
    say(voice.summary(result.summary))
    return result
  } finally {
    bar.clear()
    process.off('SIGINT', onInterrupt)
  }
}

const formatOf = (format: string | undefined): { format?: 'osm' | 'csv' } => {
  if (format === undefined || format === 'osm' || format === 'csv')
    return format === undefined ? {} : { format }
  throw new ConfigFault(`--format is osm or csv, not ${format}.`)
}

const sourceOf = (source: string | undefined): { source?: string } => {
  if (source === undefined) return {}
  if (code.safeParse(source).success) return { source }
  throw new ConfigFault('--source takes 1 to 40 letters a-z, digits and underscores.')
}

import type { WriteStream } from 'node:tty'
import cliProgress from 'cli-progress'

/** How far an import is: a bar at a terminal, nothing elsewhere. */
interface ImportBar {
  /** Bytes read of all, rows stored. */
  at(bytes: number, all: number, rows: number): void
  /** Takes the bar away, for lines of the report or for good; the next `at` brings it back below them. */
  clear(): void
}

const nothing = () => undefined

export const importBar = (stream: WriteStream): ImportBar => {
  if (!stream.isTTY) return { at: nothing, clear: nothing }
  const format = 'Importing {bar} {percentage} %, {rows} rows stored'
  const options = { stream, format, barsize: 30, clearOnComplete: true }
  const bar = new cliProgress.SingleBar(options, cliProgress.Presets.shades_classic)
  return {
    at: (bytes, all, rows) => (bar.isActive ? bar.update(bytes, { rows }) : bar.start(all, bytes, { rows })),
    // The library goes back to where it drew the bar first: lines must not come in between.
    clear: () => bar.stop(),
  }
}

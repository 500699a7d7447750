import type { WriteStream } from 'node:tty'
import cliProgress from 'cli-progress'

/** How far sealing anew is: a bar at a terminal, nothing elsewhere. */
export const resealBar = (stream: WriteStream, values: number) => {
  if (!stream.isTTY || values === 0) return { step: () => undefined, end: () => undefined }
  const bar = new cliProgress.SingleBar(
    {
      stream,
      format: 'Sealing anew {bar} {percentage} %, {value} of {total}',
      barsize: 30,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  )
  bar.start(values, 0)
  return { step: (count: number) => bar.increment(count), end: () => bar.stop() }
}

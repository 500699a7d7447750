import type { WriteStream } from 'node:tty'
import cliProgress from 'cli-progress'

/** Shows how far a long piece of work is: a bar at a terminal, a line for each quarter elsewhere. */
export const showProgress = (stream: WriteStream, steps: number) =>
  stream.isTTY ? showBar(stream, steps) : showLines(stream, steps)

const showBar = (stream: WriteStream, steps: number) => {
  const format = 'Loading eighteen months {bar} {percentage} %'
  const bar = new cliProgress.SingleBar(
    { stream, format, clearOnComplete: true, hideCursor: true },
    cliProgress.Presets.shades_classic,
  )
  bar.start(steps, 0)
  return { step: () => bar.increment(), end: () => bar.stop() }
}

const showLines = (stream: WriteStream, steps: number) => {
  let done = 0
  const step = () => {
    done += 1
    const quarters = Math.floor((4 * done) / steps)
    if (quarters > Math.floor((4 * (done - 1)) / steps)) {
      stream.write(`Loading eighteen months: ${String(25 * quarters)} %\n`)
    }
  }
  return { step, end: () => undefined }
}

import { Writable } from 'node:stream'
import type { KeyFile } from '../../src/platform/keys.ts'
import { run } from '../../src/cli/program.ts'
import type { TestApp } from './app.ts'

/** What the words of a command line came to: what a shell would see of them. */
export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/**
 * Runs the command line on the database of the test, with the keys that its app has. In this very process, since each
 * of its own would read all modules anew; test/running starts real ones.
 */
export const commandLine =
  ({ appUrl, ownerUrl }: TestApp, keys: KeyFile) =>
  async (...words: string[]): Promise<Ended> => {
    const [out, err] = [heard(), heard()]
    const before = exitCode()
    const giveBack = [
      stoodIn('stdout', out.stream),
      stoodIn('stderr', err.stream),
      stoodIn('env', {
        DATABASE_URL: appUrl,
        DATABASE_OWNER_URL: ownerUrl,
        WAGGLE_KEYS: JSON.stringify(keys),
      }),
    ]
    process.exitCode = 0
    try {
      await run(words)
      return { code: exitCode(), out: out.text(), err: err.text() }
    } finally {
      process.exitCode = before
      for (const back of giveBack) back()
    }
  }

/** Asked anew each time: the compiler takes it for what was set last. */
const exitCode = () => Number(process.exitCode ?? 0)

/** Puts something in the place of what the process has by that name, until the answer is called. */
const stoodIn = (name: 'stdout' | 'stderr' | 'env', value: unknown): (() => void) => {
  const own = Object.getOwnPropertyDescriptor(process, name) ?? {}
  Object.defineProperty(process, name, { value, configurable: true })
  return () => void Object.defineProperty(process, name, own)
}

/** A terminal that is none: no colours and no bars are drawn on it. */
const heard = () => {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  return { stream, text: () => Buffer.concat(chunks).toString() }
}

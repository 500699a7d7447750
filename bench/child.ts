import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A process of its own for one variant, so that its CPU time is its own. */
export interface Child {
  /** Asks the process for one of the things that it answers. */
  ask(what: string, value?: unknown): Promise<unknown>
  end(): Promise<void>
}

interface Question {
  readonly number: number
  readonly what: string
  readonly value: unknown
}

interface Answer {
  readonly number: number
  readonly value?: unknown
  readonly fault?: string
}

/** @param file the built file, beside this one */
export const startChild = (file: string): Child => {
  const path = fileURLToPath(new URL(file, import.meta.url))
  // What it logs is formed and written as in production, and goes nowhere.
  const child = fork(path, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  child.on('message', ({ number, value, fault }: Answer) => {
    const asker = waiting.get(number)
    waiting.delete(number)
    if (fault === undefined) asker?.resolve(value)
    else asker?.reject(new Error(`${file}: ${fault}`))
  })
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      for (const { reject } of waiting.values()) reject(new Error(`${file} has ended`))
      resolve()
    })
  })
  let asked = 0
  const ask = (what: string, value?: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      asked += 1
      waiting.set(asked, { resolve, reject })
      child.send({ number: asked, what, value } satisfies Question)
    })
  const end = () => {
    child.kill()
    return gone
  }
  return { ask, end }
}

type Answers = Readonly<Record<string, (value: never) => unknown>>

/** The other end: answers until the parent is gone, however that came. */
export const answerParent = (answers: Answers): void => {
  process.on('disconnect', () => process.exit())
  process.on('message', ({ number, what, value }: Question) => {
    void answerTo(answers, what, value).then((answer) => process.send?.({ number, ...answer }))
  })
}

const answerTo = async (answers: Answers, what: string, value: unknown) => {
  try {
    return { value: await answers[what]?.(value as never) }
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

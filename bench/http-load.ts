import autocannon from 'autocannon'
import type { Request, NextRequest } from './requests.ts'
import { connections } from './size.ts'

/** How many requests were answered in how long. */
export interface Answered {
  readonly count: number
  readonly seconds: number
}

interface HttpLoad {
  readonly url: string
  /** Requests that are sent in turn, or what makes the next one. */
  readonly requests: readonly Request[] | NextRequest
  readonly seconds: number
  /** The most requests; null = as many as there is time for. */
  readonly amount: number | null
}

/** Sends requests on eight connections, the next one on each as soon as the last is answered. */
export const sendLoad = ({ url, requests, seconds, amount }: HttpLoad): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const options: autocannon.Options & { sampleInt: number } = {
      url,
      connections,
      duration: seconds,
      // How often it looks whether time is up, in milliseconds.
      sampleInt: 20,
      requests: typeof requests === 'function' ? [made(requests)] : [...requests],
      ...(amount !== null && { amount }),
    }
    const times: number[] = []
    const run = autocannon(options, (fault: unknown, result) => {
      clearTimeout(timer)
      const bad = fault instanceof Error ? fault : badAnswers(result)
      if (bad) reject(bad)
      else resolve({ count: times.length - 1, seconds: ((times.at(-1) ?? NaN) - (times[0] ?? NaN)) / 1000 })
    })
    run.on('response', () => times.push(performance.now()))
    // A run by amount knows no time.
    const timer = setTimeout(() => {
      run.stop()
    }, seconds * 1000)
  })

const badAnswers = ({ non2xx, errors }: autocannon.Result): Error | undefined =>
  non2xx + errors > 0
    ? new Error(`${String(non2xx + errors)} requests were not answered as they should be`)
    : undefined

const made = (next: NextRequest): autocannon.Request => ({
  ...(next() as autocannon.Request),
  setupRequest: (request) => Object.assign(request, next()),
})

import type { Id } from '../../src/platform/ids.ts'

/** An API client of a space, with its token of the moment. */
export interface Caller {
  readonly spaceId: Id<'space'>
  readonly clientId: string
  readonly clientSecret: string
  token: string
}

/** A request that is made until it is answered, always in the same words. */
export interface Write {
  readonly key: string
  readonly event: string
  readonly caller: Caller
  readonly path: string
  readonly body: string | null
}

export interface Answer {
  readonly status: number
  readonly text: string
  readonly etag: string | null
  readonly replayed: boolean
}

/** What became of a request. */
export type Told =
  | { readonly kind: 'done'; readonly answer: Answer }
  /** A final no, without effect. */
  | { readonly kind: 'refused'; readonly code: string }
  /** To be asked again, for a reason that has nothing to do with a kill. */
  | { readonly kind: 'later'; readonly seconds: number }
  /** No answer, or 503: whether it had an effect is not known. */
  | { readonly kind: 'fault'; readonly what: string; readonly seconds: number }
  /** It was carried out, and its answer is erased since. */
  | { readonly kind: 'erased' }
  /** Nothing that may come here. */
  | { readonly kind: 'wrong'; readonly text: string }

const noAnswerWithinMs = 15_000

/** Asks the server at `url` once; a token that has run out is renewed on the way. */
export const ask = async (
  url: string,
  method: 'GET' | 'POST',
  { caller, path, body, key }: Pick<Write, 'caller' | 'path'> & Partial<Write>,
): Promise<Told> => {
  const headers = {
    authorization: `Bearer ${caller.token}`,
    ...(key !== undefined && { 'idempotency-key': key }),
    ...(body && { 'content-type': 'application/json' }),
  }
  try {
    const signal = AbortSignal.timeout(noAnswerWithinMs)
    const response = await fetch(`${url}${path}`, { method, headers, body: body ?? null, signal })
    const text = await response.text()
    if (response.status === 401) {
      await renew(url, caller)
      return { kind: 'later', seconds: 0 }
    }
    return tell(response, text)
  } catch (error) {
    return { kind: 'fault', what: faultOf(error), seconds: 1 }
  }
}

const tell = ({ status, headers }: Response, text: string): Told => {
  if (status === 200 || status === 201) {
    const replayed = headers.get('idempotent-replayed') === 'true'
    return { kind: 'done', answer: { status, text, etag: headers.get('etag'), replayed } }
  }
  const { code } = JSON.parse(text) as { code: string }
  const seconds = Number(headers.get('retry-after') ?? NaN)
  if (status === 503 && seconds > 0) return { kind: 'fault', what: '503', seconds }
  if ((status === 429 || code === 'request_in_flight') && seconds > 0) return { kind: 'later', seconds }
  if (code === 'illegal_transition' || code === 'validation_failed') return { kind: 'refused', code }
  if (code === 'answer_erased') return { kind: 'erased' }
  return { kind: 'wrong', text: `${String(status)} ${text}` }
}

const faultOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  const { code } = (error.cause ?? error) as { code?: unknown }
  return typeof code === 'string' ? code : error.name
}

/** Gets a token by the caller's secret. @throws when there is none to be had */
export const renew = async (url: string, caller: Caller): Promise<void> => {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${caller.clientId}:${caller.clientSecret}`).toString('base64')}`,
    },
    body: 'grant_type=client_credentials',
  })
  const { access_token: token } = (await response.json()) as { access_token?: string }
  if (!token) throw new Error(`No token: ${String(response.status)}`)
  caller.token = token
}

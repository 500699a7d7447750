import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { ClientSecret } from '../access/create-client.ts'

/** A system that speaks for one space over HTTP, as a partner's own would. */
export interface Partner {
  readonly token: string
  get<T>(path: string): Promise<T>
  post<T>(path: string, body?: object): Promise<T>
}

/** What it needs to get in. */
interface Entry {
  readonly baseUrl: string
  readonly client: ClientSecret
  /** Told of each call and what was answered. */
  readonly log: (line: string) => void
}

/** Gets a token with the secret of the client (RFC 6749 §4.4) and asks with that from then on. */
export const signIn = async ({ baseUrl, client, log }: Entry): Promise<Partner> => {
  const ask = async <T>(method: 'GET' | 'POST', path: string, init: RequestInit): Promise<T> => {
    const answer = await fetch(`${baseUrl}${path}`, { method, ...init })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${String(answer.status)}: ${text}`)
    log(`${method.padEnd(4)} ${path}  →  ${String(answer.status)} ${STATUS_CODES[answer.status] ?? ''}`)
    return JSON.parse(text) as T
  }
  const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')
  const { access_token: token } = await ask<{ access_token: string }>('POST', '/oauth/token', {
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const authorization = `Bearer ${token}`
  return {
    token,
    get: (path) => ask('GET', path, { headers: { authorization } }),
    post: (path, body) => {
      const headers = {
        authorization,
        'idempotency-key': randomUUID(),
        ...(body && { 'content-type': 'application/json' }),
      }
      return ask('POST', path, { headers, ...(body && { body: JSON.stringify(body) }) })
    },
  }
}

import type { ZodType } from 'zod'
import type { ProblemCode } from './errors.ts'

/** What a token may be allowed to do: `noun:verb`. */
export const scopes = [
  'spaces:read',
  'spaces:write',
  'referrals:read',
  'referrals:write',
  'members:read',
  'reciprocity:read',
  'events:read',
  'webhooks:write',
  'access:read',
  'access:write',
  'audit:read',
  'network:read',
  'network:vouch',
  'network:admin',
] as const
export type Scope = (typeof scopes)[number]

/** One successful answer: its schema becomes the serialiser and the contract, its example is parsed by the schema in a test. */
interface Answer {
  readonly description: string
  readonly schema?: ZodType
  readonly example?: unknown
  /** Response headers that this answer adds to those of every answer. */
  readonly headers?: readonly ('ETag' | 'Location' | 'Link')[]
  readonly contentType?: string
}

/**
 * An operation is data: a contract declares it, a route serves it, the OpenAPI document prints it.
 * Its id is also the name of the verb that carries it out.
 */
export interface Operation {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  /** The scope that the caller's token must hold; `any` = any valid token; absent = public. */
  readonly scope?: Scope | 'any'
  /** False for the few POSTs that carry no Idempotency-Key. */
  readonly idempotent?: false
  /** True where the answer holds a secret: a replay then says `secret_shown_once` instead of showing it again. */
  readonly secret?: true
  readonly params?: ZodType
  readonly query?: ZodType
  readonly body?: ZodType
  readonly bodyType?:
    'application/json' | 'application/merge-patch+json' | 'application/x-www-form-urlencoded'
  /** An example request body, parsed by its schema in a test. */
  readonly bodyExample?: unknown
  readonly answers: Readonly<Record<number, Answer>>
  readonly problems: readonly ProblemCode[]
}

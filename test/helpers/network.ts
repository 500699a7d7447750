import { randomUUID } from 'node:crypto'
import { createClient } from '../../src/access/create-client.ts'
import type { Ctx } from '../../src/platform/context.ts'
import type { Id } from '../../src/platform/ids.ts'
import type { Scope } from '../../src/platform/operation.ts'
import type { TestApp } from './app.ts'
import { putSpace, type SpaceRow } from './spaces.ts'

const spaceScopes: Scope[] = [
  'spaces:read',
  'spaces:write',
  'referrals:read',
  'referrals:write',
  'members:read',
  'reciprocity:read',
]

/** The command line of the installation, as an actor. */
export const steward = (test: TestApp): Ctx => ({
  ...test.deps,
  actor: { kind: 'steward', id: 'test' },
  requestId: 'test',
})

export const addSpace = (test: TestApp, fields: Partial<SpaceRow> = {}) => putSpace(test.deps, fields)

/** A space with a client, and how to ask as that space. */
export interface Caller {
  readonly spaceId: Id<'space'>
  readonly token: string
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  /** A POST with a fresh Idempotency-Key, unless the headers bring one. */
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly text: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  readonly body: any
}

export const tokenFor = async (
  test: TestApp,
  owner: Parameters<typeof createClient>[1]['owner'],
  scopes: Scope[],
) => {
  const { clientId, clientSecret } = await createClient(steward(test), { name: 'test', owner, scopes })
  const answer = await test.app.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    },
    payload: 'grant_type=client_credentials',
  })
  return answer.json<{ access_token: string }>().access_token
}

export const addCaller = async (
  test: TestApp,
  fields: Partial<SpaceRow> = {},
  scopes: Scope[] = spaceScopes,
): Promise<Caller> => {
  const spaceId = await addSpace(test, fields)
  return callerOf(test, spaceId, await tokenFor(test, { spaceId }, scopes))
}

export const callerOf = (test: TestApp, spaceId: Id<'space'>, token: string): Caller => {
  const ask = async (
    method: 'GET' | 'POST',
    url: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<Answer> => {
    const answer = await test.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { payload: body as object }),
    })
    const isJson = answer.body !== '' && String(answer.headers['content-type']).includes('json')
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body,
      body: isJson ? answer.json() : undefined,
    }
  }
  return {
    spaceId,
    token,
    get: (path, headers = {}) => ask('GET', path, headers),
    post: (path, body, headers = {}) =>
      ask('POST', path, { 'idempotency-key': randomUUID(), ...headers }, body),
  }
}

/** A referral as it is usually sent; the fields given replace the usual ones. */
export const newReferral = (toSpaceId: Id<'space'>, fields: Record<string, unknown> = {}) => ({
  toSpaceId,
  member: { name: 'Ada Lovelace', email: 'ada@example.org' },
  brief: {
    summary: 'Illustrator, wants quiet and daylight',
    stay: 'relocate',
    needs: { deskKind: 'fixed_desk', daysPerWeek: 4, amenities: ['quiet_room'] },
  },
  consent: { kind: 'attested', obtainedOn: '2026-11-19', how: 'in_person' },
  note: 'She organised our drawing nights.',
  ...fields,
})

/** Somebody whom no other referral is about: one person is worth one credit a year. */
export const somebody = () => ({ name: 'Ada Lovelace', email: `${randomUUID()}@example.org` })

/** Sends a usual referral of somebody new and gives back its id. */
export const sendFrom = async (sender: Caller, receiver: Caller, fields: Record<string, unknown> = {}) => {
  const body = newReferral(receiver.spaceId, { member: somebody(), ...fields })
  const answer = await sender.post('/v1/referrals', body)
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body.id as string
}

/** Walks a fresh referral to a closed one whose member joined. */
export const joinFrom = async (sender: Caller, receiver: Caller) => {
  const id = await sendFrom(sender, receiver)
  for (const [verb, body] of [
    ['accept', {}],
    ['close', { outcome: 'joined' }],
  ] as const) {
    const answer = await receiver.post(`/v1/referrals/${id}/${verb}`, body)
    if (answer.status !== 200) throw new Error(answer.text)
  }
  return id
}

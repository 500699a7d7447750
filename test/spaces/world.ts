import { operators } from '../../db/schema/spaces.ts'
import { instant } from '../../src/platform/clock.ts'
import { insertAll, rowsOf } from '../../src/platform/database/statements.ts'
import { newId, type Id } from '../../src/platform/ids.ts'
import type { Scope } from '../../src/platform/operation.ts'
import { foundSpace, space } from '../../src/spaces/contract-space.ts'
import type { TestApp } from '../helpers/app.ts'
import { callerOf, tokenFor, type Answer, type Caller } from '../helpers/network.ts'

const operatorScopes: Scope[] = ['spaces:read', 'spaces:write']

export const addOperator = async ({ deps }: TestApp): Promise<Id<'operator'>> => {
  const id = newId('operator', deps.clock.now())
  const row = { id, name: 'Owner of several', createdAt: instant(deps.clock.now()) }
  await deps.db.pool.query(insertAll([rowsOf(operators, [row])]))
  return id
}

/** A client of an operator that has no space yet, or has one. */
export const operatorCaller = async (test: TestApp, operatorId: Id<'operator'>, scopes = operatorScopes) =>
  callerOf(test, 'spc_none', await tokenFor(test, { operatorId }, scopes))

export const networkCaller = async (test: TestApp, scopes: Scope[]) =>
  callerOf(test, 'spc_none', await tokenFor(test, 'network', scopes))

export const patch = async (
  { app }: TestApp,
  { token }: Caller,
  spaceId: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  const answer = await app.inject({
    method: 'PATCH',
    url: `/v1/spaces/${spaceId}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/merge-patch+json', ...headers },
    payload: JSON.stringify(body),
  })
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: answer.body,
    body: answer.json<unknown>(),
  }
}

/** What must be said to register a space, and what else is given. */
export const registration = (fields: Record<string, unknown> = {}) => ({
  name: 'Nave',
  city: 'Lyon',
  countryCode: 'FR',
  geo: { lat: 45.7719, lon: 4.8237 },
  ...fields,
})

/** The answer, once it was found to be what the contract promises. */
export const spaceIn = ({ body, status, text }: Answer) => {
  if (status >= 300) throw new Error(text)
  return space.parse(body)
}

export const foundIn = ({ body, status, text }: Answer) => {
  if (status !== 200) throw new Error(text)
  const page = body as { data: unknown[]; nextCursor: string | null }
  return { ...page, data: page.data.map((one) => foundSpace.parse(one)) }
}

export const idsIn = (answer: Answer): string[] => foundIn(answer).data.map(({ id }) => id)

/** What a refusal says: its status and code, and the fields that it names. */
export const refusalIn = ({ status, body }: Answer) => {
  const { code, errors = [] } = body as { code?: string; errors?: { pointer: string }[] }
  return { status, code, pointers: errors.map(({ pointer }) => pointer) }
}

/** All pages of a list, from the first to the last. */
export const allPages = async (caller: Caller, path: string) => {
  const found = []
  let cursor: string | null = null
  do {
    const page: ReturnType<typeof foundIn> = foundIn(
      await caller.get(cursor === null ? path : `${path}&cursor=${encodeURIComponent(cursor)}`),
    )
    found.push(...page.data)
    cursor = page.nextCursor
  } while (cursor !== null)
  return found
}

import { operators } from '../../db/schema/spaces.ts'
import { createClient, type ClientSecret, type NewClient } from '../../src/access/create-client.ts'
import { instant } from '../../src/platform/clock.ts'
import type { Ctx, Deps } from '../../src/platform/context.ts'
import { insertAll, rowsOf } from '../../src/platform/database/statements.ts'
import { newId, type Id } from '../../src/platform/ids.ts'
import { baseUrl, type TestApp } from '../helpers/app.ts'
import { putSpace, type SpaceRow } from '../helpers/spaces.ts'

/** The command line of the installation. */
export const stewardCtx = (deps: Deps): Ctx => ({
  ...deps,
  actor: { kind: 'steward', id: 'command-line' },
  requestId: 'test',
})

export const addOperator = async ({ db, clock }: Deps): Promise<Id<'operator'>> => {
  const id = newId('operator', clock.now())
  const row = { id, name: 'Owner of several', createdAt: instant(clock.now()) }
  await db.pool.query(insertAll([rowsOf(operators, [row])]))
  return id
}

export const addSpace = (deps: Deps, fields: Partial<SpaceRow> = {}) =>
  putSpace(deps, { name: 'Nave', ...fields })

export const addClient = (deps: Deps, owner: NewClient['owner'], scopes?: NewClient['scopes']) =>
  createClient(stewardCtx(deps), {
    name: 'Front desk',
    owner,
    scopes:
      scopes ??
      (owner === 'network' ? ['network:read', 'network:admin'] : ['spaces:read', 'referrals:write']),
  })

export const resourceOf = (spaceId: string) => `${baseUrl}/v1/spaces/${spaceId}`

/** Asks for a token as a form, the way OAuth libraries do. */
export const postForm = (app: TestApp['app'], form: Record<string, string>, headers = {}) =>
  app.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams({ grant_type: 'client_credentials', ...form }).toString(),
  })

type Credentials = ClientSecret

export const basic = ({ clientId, clientSecret }: Credentials) => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
})

/** Asks for a token by `client_secret_basic`. */
export const askToken = (app: TestApp['app'], client: Credentials, form: Record<string, string> = {}) =>
  postForm(app, form, basic(client))

export const tokenOf = async (
  app: TestApp['app'],
  client: Credentials,
  form: Record<string, string> = {},
): Promise<string> => {
  const answer = await askToken(app, client, form)
  if (answer.statusCode !== 200) throw new Error(`No token: ${answer.body}`)
  return answer.json<{ access_token: string }>().access_token
}

export const getMe = (app: TestApp['app'], token: string) =>
  app.inject({ url: '/v1/me', headers: { authorization: `Bearer ${token}` } })

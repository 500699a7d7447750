import type { Ctx } from '../platform/context.ts'
import { clientId as clientIdSchema } from '../platform/contract.ts'
import { readUnscoped } from '../platform/database/door.ts'
import { requireLeft, takeStrictly, type Limit } from '../platform/limits.ts'
import { minute, second } from '../platform/clock.ts'
import { isSignedBy, readAssertion, spendAssertion } from './client-assertion.ts'
import { credentialsOf, credentialsRefused, type Credentials } from './client-credentials.ts'
import { isSecretOf } from './client-secret.ts'
import type { TokenRequest } from './contract.ts'
import { findClient, type Client } from './find-client.ts'

/** From where, and with which header of that name, a token is asked for. */
export interface Arriving {
  readonly authorization: string | undefined
  /** Of the network, as the server sees it. */
  readonly address: string
}

/**
 * Failed checks from one network address, whichever clients they are about: so ten for each client and address too. Nothing is
 * counted for a client alone, or anybody could lock it out from elsewhere.
 */
const failedChecks: Limit = { burst: 10, perSecond: 10 / ((15 * minute) / second) }
const limitName = 'client-check'

/**
 * The client that proves itself. Checks that fail are counted, for all nodes together, and when there were too many the right
 * proof is refused like the wrong one: a burst of guesses is worth ten.
 * @throws Problem `invalid_client`, `too_many_requests`; `invalid_request` for a client that uses several ways
 */
export const authenticateClient = async (
  ctx: Ctx,
  { authorization, address }: Arriving,
  form: TokenRequest,
): Promise<Client> => {
  const credentials = credentialsOf(authorization, form)
  const proven = await ('assertion' in credentials
    ? byAssertion(ctx, credentials, address)
    : bySecret(ctx, credentials, address))
  if (proven) return proven
  await takeStrictly(ctx, limitName, address, failedChecks)
  throw credentialsRefused()
}

type BySecret = Extract<Credentials, { clientSecret: string }>
type ByAssertion = Extract<Credentials, { assertion: string }>

const bySecret = async (ctx: Ctx, { clientId, clientSecret }: BySecret, address: string) => {
  const client = await clientNamed(ctx, clientId)
  if (!isSecretOf(client, clientSecret, ctx.clock.now()) || !client || client.revokedAt !== null) return null
  await requireLeft(ctx, limitName, address, failedChecks)
  return client
}

const byAssertion = async (ctx: Ctx, { assertion, clientId }: ByAssertion, address: string) => {
  const said = readAssertion(assertion)
  if (!said || (clientId !== undefined && clientId !== said.claims.sub)) return null
  const client = await clientNamed(ctx, said.claims.sub)
  if (!(await isSignedBy(client, said, ctx)) || !client || client.revokedAt !== null) return null
  await requireLeft(ctx, limitName, address, failedChecks)
  return (await spendAssertion(ctx, client.id, said)) ? client : null
}

const clientNamed = async (ctx: Ctx, name: string): Promise<Client | undefined> => {
  const id = clientIdSchema.safeParse(name)
  return id.success ? readUnscoped(ctx, (tx) => findClient(tx, id.data)) : undefined
}

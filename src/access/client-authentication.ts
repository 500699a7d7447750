import { timingSafeEqual } from 'node:crypto'
import type { Ctx } from '../platform/context.ts'
import { clientId as clientIdSchema } from '../platform/contract.ts'
import { readUnscoped } from '../platform/database/door.ts'
import { sha256 } from '../platform/sealing.ts'
import type { TokenRequest } from './contract.ts'
import { findClient, type Client } from './find-client.ts'
import { oauthProblem } from './oauth-problem.ts'

interface Credentials {
  readonly clientId: string
  readonly clientSecret: string
}

/** One answer for every way in which credentials do not hold, so that client ids cannot be probed. */
const refused = () => oauthProblem('invalid_client', 'The client is unknown, or its secret is not right.')

/**
 * The client that names itself, by `client_secret_basic` or `client_secret_post` (RFC 6749 §2.3.1).
 * @throws Problem `invalid_client`; `invalid_request` for a client that uses both ways
 */
export const authenticateClient = async (
  ctx: Ctx,
  authorization: string | undefined,
  form: TokenRequest,
): Promise<Client> => {
  const credentials = credentialsOf(authorization, form)
  const id = clientIdSchema.safeParse(credentials.clientId)
  const client = id.success ? await readUnscoped(ctx, (tx) => findClient(tx, id.data)) : undefined
  const secretHolds = isSecretOf(client, credentials.clientSecret)
  if (!client || !secretHolds || client.revokedAt !== null) throw refused()
  return client
}

/** Compared with when there is no such client, so that the work done does not tell. */
const nobody = sha256('')

/** The secret is 256 random bits: one hash is enough, nothing shorter could be guessed from it. */
const isSecretOf = (client: Client | undefined, secret: string): boolean =>
  timingSafeEqual(sha256(secret), client?.secretHash ?? nobody)

const credentialsOf = (authorization: string | undefined, form: TokenRequest): Credentials => {
  if (authorization === undefined) return fromForm(form)
  const basic = fromBasic(authorization)
  const namedTwice = form.client_id !== undefined && form.client_id !== basic.clientId
  if (form.client_secret !== undefined || namedTwice) {
    throw oauthProblem('invalid_request', 'Name the client by HTTP Basic or by form fields, not by both.')
  }
  return basic
}

const fromForm = ({ client_id: clientId, client_secret: clientSecret }: TokenRequest): Credentials => {
  if (!clientId || !clientSecret)
    throw oauthProblem('invalid_client', 'Send client_id and client_secret, by HTTP Basic or as form fields.')
  return { clientId, clientSecret }
}

const fromBasic = (authorization: string): Credentials => {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(authorization)?.[1]
  if (encoded === undefined) throw refused()
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 1) throw refused()
  return { clientId: formDecoded(text.slice(0, colon)), clientSecret: formDecoded(text.slice(colon + 1)) }
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
const formDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw refused()
  }
}

import type { TokenRequest } from './contract.ts'
import { oauthProblem } from './oauth-problem.ts'

/** How a client says who it is: by a secret, or by an assertion that it has signed. */
export type Credentials =
  | { readonly clientId: string; readonly clientSecret: string }
  | { readonly assertion: string; readonly clientId: string | undefined }

/** One answer for every way in which credentials do not hold, so that client ids cannot be probed. */
export const credentialsRefused = () =>
  oauthProblem('invalid_client', 'The client is unknown, or what it proves itself by is not right.')

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * What the request proves itself by: `client_secret_basic`, `client_secret_post` (RFC 6749 §2.3.1) or `private_key_jwt` (RFC 7523).
 * @throws Problem `invalid_client`; `invalid_request` for a client that uses several ways (RFC 6749 §2.3)
 */
export const credentialsOf = (authorization: string | undefined, form: TokenRequest): Credentials => {
  const ways = [authorization, form.client_secret, form.client_assertion ?? form.client_assertion_type]
  if (ways.filter((way) => way !== undefined).length > 1) throw severalWays()
  if (form.client_assertion !== undefined || form.client_assertion_type !== undefined)
    return fromAssertion(form)
  if (authorization === undefined) return fromForm(form)
  const basic = fromBasic(authorization)
  if (form.client_id !== undefined && form.client_id !== basic.clientId) throw severalWays()
  return basic
}

const severalWays = () =>
  oauthProblem(
    'invalid_request',
    'Name the client by HTTP Basic, by form fields or by an assertion: by one alone.',
  )

const fromAssertion = (form: TokenRequest): Credentials => {
  if (form.client_assertion === undefined || form.client_assertion_type !== assertionType)
    throw oauthProblem(
      'invalid_request',
      `client_assertion goes with client_assertion_type=${assertionType}.`,
    )
  return { assertion: form.client_assertion, clientId: form.client_id }
}

const fromForm = ({ client_id: clientId, client_secret: clientSecret }: TokenRequest): Credentials => {
  if (!clientId || !clientSecret)
    throw oauthProblem(
      'invalid_client',
      'Send client_id and client_secret, by HTTP Basic or as form fields, or a client_assertion.',
    )
  return { clientId, clientSecret }
}

const fromBasic = (authorization: string) => {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(authorization)?.[1]
  if (encoded === undefined) throw credentialsRefused()
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 1) throw credentialsRefused()
  return { clientId: formDecoded(text.slice(0, colon)), clientSecret: formDecoded(text.slice(colon + 1)) }
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
const formDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw credentialsRefused()
  }
}

import * as oidc from 'openid-client'
import { second } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { notFound } from '../platform/errors.ts'
import type { SignInProvider } from '../platform/installation.ts'

/** Somebody waits for the page meanwhile. */
const patience = 8 * second

/** The one address to which the provider may send people back; it is registered there. */
export const providerReturnUri = (baseUrl: string): string => `${baseUrl}/sign-in/provider/return`

/** @throws Problem `not_found` where none is configured */
export const providerOf = ({ installation }: Pick<Deps, 'installation'>): SignInProvider => {
  if (!installation.signInProvider) throw notFound()
  return installation.signInProvider
}

/**
 * What the provider says about itself (OpenID Connect Discovery 1.0), read anew for each sign-in: they are few, and its keys
 * change. Tokens are checked by its keys, also where TLS alone would do. Plain http is for the local installation alone.
 * @throws whatever kept it from being read
 */
export const discover = (deps: Pick<Deps, 'installation'>): Promise<oidc.Configuration> => {
  const { issuer, clientId, clientSecret } = providerOf(deps)
  const isPlain = issuer.startsWith('http:')
  if (isPlain && !deps.installation.isLocal)
    throw Object.assign(new Error('A provider is asked over https alone'), { code: 'insecure_issuer' })
  return oidc.discovery(new URL(issuer), clientId, undefined, secretAsAsked(clientSecret), {
    timeout: patience / second,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; only for a provider on this machine
    execute: [oidc.enableNonRepudiationChecks, ...(isPlain ? [oidc.allowInsecureRequests] : [])],
  })
}

/** In the form, or as HTTP Basic where the provider takes nothing else (and by default: OpenID Connect Discovery §3). */
const secretAsAsked =
  (secret: string): oidc.ClientAuth =>
  (server, ...request) => {
    const takesForm = server.token_endpoint_auth_methods_supported?.includes('client_secret_post')
    const prove = takesForm ? oidc.ClientSecretPost(secret) : oidc.ClientSecretBasic(secret)
    prove(server, ...request)
  }

/** By what a failure at the provider may be known in logs: a code, never its words. */
export const providerFault = (error: unknown): string => {
  const { error: said, code } = error as { error?: unknown; code?: unknown }
  const known = [said, code].find((one) => typeof one === 'string' && /^\w{1,60}$/.test(one))
  return typeof known === 'string' ? known : 'unknown'
}

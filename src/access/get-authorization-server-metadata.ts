import type { Ctx } from '../platform/context.ts'
import { scopes } from '../platform/operation.ts'
import type { Metadata } from './contract.ts'

/** Where and how to get a token (RFC 8414). `response_types_supported` is required there; we have no such flow. */
export const getAuthorizationServerMetadata = ({ baseUrl }: Ctx): Metadata => ({
  issuer: baseUrl,
  token_endpoint: `${baseUrl}/oauth/token`,
  jwks_uri: `${baseUrl}/.well-known/jwks.json`,
  grant_types_supported: ['client_credentials'],
  response_types_supported: [],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: ['EdDSA', 'ES256'],
  scopes_supported: [...scopes],
})

import { Problem, type ProblemCode } from '../platform/errors.ts'

type OAuthCode = Extract<
  ProblemCode,
  'invalid_client' | 'invalid_request' | 'unsupported_grant_type' | 'invalid_scope' | 'invalid_target'
>

/**
 * A refusal of the token endpoint: a problem that also carries the members of RFC 6749 §5.2 (ADR 0008).
 * @param description ASCII without quotes and backslashes, as that RFC wants it; it never repeats what was sent
 */
export const oauthProblem = (code: OAuthCode, description: string): Problem =>
  new Problem(code, description, {
    members: { error: code, error_description: description },
    ...(code === 'invalid_client' && { headers: { 'www-authenticate': 'Basic realm="waggle"' } }),
  })

/** The form was read but does not fit the contract: OAuth has its own word for that. Other refusals pass unchanged. */
export const asOAuthProblem = (error: unknown): unknown =>
  error instanceof Problem && ['validation_failed', 'malformed_request'].includes(error.code)
    ? oauthProblem(
        'invalid_request',
        'The form needs grant_type, and each field at most once and of a plausible length.',
      )
    : error

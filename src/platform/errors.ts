/**
 * Every way in which Waggle says no. The code is stable: integrators branch on it.
 * What to do about each stands in `remedies.ts`.
 */
export const catalogue = {
  malformed_request: { status: 400, title: 'The request could not be read' },
  idempotency_key_missing: { status: 400, title: 'This request needs an Idempotency-Key' },
  idempotency_key_invalid: { status: 400, title: 'The Idempotency-Key is not usable' },
  invalid_cursor: { status: 400, title: 'The cursor is not one of ours' },
  invalid_request: { status: 400, title: 'The token request could not be read' },
  unsupported_grant_type: { status: 400, title: 'The grant type is not supported' },
  invalid_scope: { status: 400, title: 'The client does not hold this scope' },
  invalid_target: { status: 400, title: 'The client cannot act for this resource' },
  unauthenticated: { status: 401, title: 'A valid access token is needed' },
  invalid_client: { status: 401, title: 'The client could not be authenticated' },
  insufficient_scope: { status: 403, title: 'The token lacks the scope for this' },
  insufficient_role: { status: 403, title: 'Your role does not allow this' },
  foreign_form: { status: 403, title: 'The form did not come from a page of ours' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'The method is not allowed here' },
  request_timeout: { status: 408, title: 'The request took too long to arrive' },
  illegal_transition: { status: 409, title: 'The referral is not in a state that allows this' },
  wrong_standing: { status: 409, title: 'The space or application does not stand so that this can be done' },
  already_manager: { status: 409, title: 'This person acts for the space already' },
  last_owner: { status: 409, title: 'A space keeps an owner' },
  proof_not_found: { status: 409, title: 'The proof was not found at its address' },
  member_unreachable: { status: 409, title: 'The member can be asked by e-mail alone, and has none' },
  receiver_paused: { status: 409, title: 'The receiving space takes no referrals at present' },
  request_in_flight: { status: 409, title: 'The same request is being carried out' },
  secret_shown_once: { status: 409, title: 'The secret was shown once and is not kept' },
  external_ref_taken: { status: 409, title: 'Another referral of yours has this externalRef' },
  client_revoked: { status: 409, title: 'The API client is revoked' },
  client_has_keys: { status: 409, title: 'The API client proves itself by keys, and has no secret' },
  slug_taken: { status: 409, title: 'Another space has this slug' },
  space_not_admitted: { status: 409, title: 'Your space is not admitted to the network' },
  space_suspended: { status: 409, title: 'Your space is suspended' },
  answer_erased: {
    status: 410,
    title: 'The request was carried out; what was written about the member is erased',
  },
  gone: { status: 410, title: 'This link is no longer valid' },
  precondition_failed: { status: 412, title: 'The object has changed since you read it' },
  payload_too_large: { status: 413, title: 'The request body is too large' },
  uri_too_long: { status: 414, title: 'The address is too long' },
  unsupported_media_type: { status: 415, title: 'The content type is not one that this operation reads' },
  validation_failed: { status: 422, title: 'The request has invalid fields' },
  identity_in_brief: { status: 422, title: 'The brief or note gives away who the member is' },
  idempotency_key_reused: { status: 422, title: 'The Idempotency-Key was used for another request' },
  precondition_required: { status: 428, title: 'This request needs If-Match' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  headers_too_large: { status: 431, title: 'The request headers are too large' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Waggle cannot answer just now' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof catalogue

/** One fault in the input: `pointer` is a JSON Pointer (RFC 6901) into the body, or names a header, query or path part. */
export interface Fault {
  readonly pointer: string
  readonly detail: string
}

interface ProblemExtras {
  readonly errors?: readonly Fault[]
  readonly headers?: Readonly<Record<string, string>>
  /** Extension members (RFC 9457 §3.2), such as `legalEvents`. */
  readonly members?: Readonly<Record<string, unknown>>
}

/** A refusal that the caller is told about, as RFC 9457 says. Anything else that is thrown becomes a bare 500. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly extras: ProblemExtras

  constructor(code: ProblemCode, detail?: string, extras: ProblemExtras = {}) {
    super(detail ?? catalogue[code].title)
    this.name = 'Problem'
    this.code = code
    this.extras = extras
  }

  get status(): number {
    return catalogue[this.code].status
  }
}

/** The one answer for an object that is unknown, foreign or badly named: the caller cannot tell these apart. */
export const notFound = () => new Problem('not_found', 'There is nothing here that you may see.')

/** A refusal of the body that names one field. */
export const invalidField = (pointer: string, detail: string) =>
  new Problem('validation_failed', 'One field is not valid.', { errors: [{ pointer, detail }] })

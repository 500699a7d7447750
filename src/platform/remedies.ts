import { catalogue, type ProblemCode } from './errors.ts'

/** What to do about each refusal: shown at `/problems/{code}` and in `docs/errors.md`. */
export const remedies: Readonly<Record<ProblemCode, string>> = {
  malformed_request:
    'Send UTF-8 JSON without NUL or halves of surrogate pairs, and percent-encode the address correctly. Nothing was changed.',
  idempotency_key_missing:
    'Send an `Idempotency-Key` of your own making, such as a UUID: a new one for each new request, the same one when you repeat a request.',
  idempotency_key_invalid:
    'Use 1 to 255 printable ASCII characters without blanks, bare or in double quotes.',
  invalid_cursor:
    'Take the cursor from `nextCursor` as it is and keep the filters of the first page. A cursor is of no use to another caller.',
  invalid_request: 'Send a form with `grant_type=client_credentials`, each field at most once.',
  unsupported_grant_type: 'Use `grant_type=client_credentials`.',
  invalid_scope: 'Ask for scopes that your client holds, or for none to get all of them.',
  invalid_target: 'Set `resource` to `<base URL>/v1/spaces/<spaceId>` for a space that your client acts for.',
  unauthenticated:
    'Get a new token from `/oauth/token` and send it as `Authorization: Bearer …`. Tokens live ten minutes.',
  invalid_client:
    'Check the client id and secret, sent either as HTTP Basic or in the form; or the assertion: its key, `aud`, `exp`, and a new `jti` each time. A revoked client stays revoked.',
  insufficient_scope:
    'Ask for a token with the scope that `WWW-Authenticate` names; if your client does not hold it, ask the steward.',
  insufficient_role: 'Ask an owner of your space, or the steward, to do it, or to give you a role that may.',
  foreign_form:
    'Load the page again and send its form from there. Nothing was changed. API clients use `/v1`, not the pages.',
  not_found:
    'Check the id. An object that belongs to another space is answered like one that does not exist, and so is an id that is badly written.',
  method_not_allowed: 'Use one of the methods in `Allow`.',
  request_timeout: 'Send the whole request within 30 seconds.',
  illegal_transition:
    'Read `currentStatus` and `legalEvents`: they say where the referral stands and what you may do now. Read the referral again before you decide.',
  wrong_standing:
    'Read the application, or the space, again: somebody decided meanwhile, or something comes first. `detail` says what.',
  already_manager: 'Change the role of who is there already, instead of inviting them.',
  last_owner: 'Make somebody else an owner first; then this one can go, or take another role.',
  proof_not_found:
    'Put the token of `wellKnown` at its address, as plain text and nothing else, reachable by https without a redirect; then ask again.',
  member_unreachable:
    'A member who is forwarded is asked again, by e-mail, and this one has none. Decline instead, and name the other space.',
  receiver_paused:
    'Choose another space, or wait until `awayUntil` when it is given. A space that was invited must join the network first.',
  request_in_flight:
    'Repeat the same request with the same key after `Retry-After`; you will get the answer of the first one.',
  secret_shown_once:
    'The request was carried out, and its answer is not kept because it held a secret. Make a new secret.',
  external_ref_taken:
    'Find the other referral with `GET /v1/referrals?box=sent&externalRef=…`, or choose another reference.',
  client_revoked: 'A revoked client stays revoked. Make another one.',
  client_has_keys: 'Replace its keys with `set-keys`, or make another client that has a secret.',
  slug_taken: 'Choose another slug, or leave it out to have one made.',
  space_not_admitted:
    'Your space can read, and prepare drafts while it waits; it can refer members once it has been admitted. If it was rejected, apply again.',
  space_suspended:
    'Answer, schedule, close and withdraw as before; nothing new can be sent or accepted until the steward ends the suspension.',
  answer_erased:
    'Do not send it again with another key: the member, or you, ended this referral and what was written in it. Read the referral to see how it stands.',
  gone: 'The link has expired or was withdrawn. Ask whoever sent it for a new one.',
  precondition_failed:
    'Read the object again, look at what has changed, and repeat with the new `ETag` in `If-Match`.',
  payload_too_large: 'A body may have 64 KiB.',
  uri_too_long: 'An address may have 8,000 characters, its query included.',
  unsupported_media_type:
    'Send `application/json`; for a PATCH `application/merge-patch+json`; for a token a form.',
  validation_failed:
    'Each entry of `errors` points at a field (RFC 6901) and says what is wrong with it. Nothing was changed.',
  identity_in_brief:
    'The receiver reads brief and note before accepting. Leave out names, e-mail address and phone number of the member, or record that the member agreed to be named.',
  idempotency_key_reused: 'Use a new key for a new request.',
  precondition_required: 'Read the object, and send its `ETag` in `If-Match`.',
  too_many_requests: 'Wait for `Retry-After`. `RateLimit` on every answer says how much is left.',
  headers_too_large: 'Send fewer or shorter headers: 100, and 16 KiB together with the address, are taken.',
  internal_error:
    'The fault is ours. Repeat the request with the same key; if it fails again, send us the `requestId`.',
  unavailable:
    'Repeat the same request with the same key after `Retry-After`: what was done is not done twice.',
}

const entry = (code: ProblemCode) =>
  `## ${code}\n\n${String(catalogue[code].status)} · ${catalogue[code].title}\n\n${remedies[code]}\n`

/** `docs/errors.md`, whole. */
export const errorsPage = (): string => {
  const codes = Object.keys(catalogue) as ProblemCode[]
  const head =
    '# Every way in which Waggle says no\n\nEach refusal is `application/problem+json` (RFC 9457) with a stable `code`. This page is made by `npm run openapi`.\n'
  return [head, ...codes.map(entry)].join('\n')
}

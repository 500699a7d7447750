import { catalogue, type ProblemCode } from '../errors.ts'
import type { Operation } from '../operation.ts'

/** Every refusal that an operation may give: its own and those that its shape brings with it. */
export const problemsByStatus = (operation: Operation): Record<number, ProblemCode[]> => {
  const isPost = operation.method === 'POST' && operation.idempotent !== false
  const codes: ProblemCode[] = [
    ...(operation.problems as ProblemCode[]),
    'malformed_request',
    ...(isPost ? (['idempotency_key_missing', 'request_in_flight', 'idempotency_key_reused'] as const) : []),
    // Answers about a referral are kept for replay until the member erases what they hold.
    ...(isPost && operation.tag === 'Referrals' ? (['answer_erased'] as const) : []),
    ...(operation.secret ? (['secret_shown_once'] as const) : []),
    ...(operation.scope ? (['unauthenticated', 'insufficient_scope', 'insufficient_role'] as const) : []),
    ...(operation.params ? (['not_found'] as const) : []),
    ...(operation.body
      ? (['payload_too_large', 'unsupported_media_type', 'validation_failed'] as const)
      : []),
    ...(operation.query || operation.scope || operation.method === 'POST'
      ? (['validation_failed'] as const)
      : []),
    ...(operation.method === 'PATCH' ? (['precondition_failed', 'precondition_required'] as const) : []),
    'too_many_requests',
    'internal_error',
    'unavailable',
  ]
  const byStatus: Partial<Record<number, ProblemCode[]>> = {}
  for (const code of new Set(codes)) (byStatus[catalogue[code].status] ??= []).push(code)
  return byStatus as Record<number, ProblemCode[]>
}

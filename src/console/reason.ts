import { rejectApplication } from '../network/contract.ts'
import type { Fields } from './own-forms.ts'

type ReadReason = { readonly reason: string } | { readonly fault: string }

/** The reason that a decision against somebody wants: they are shown it. */
export const reasonIn = (fields: Fields): ReadReason => {
  const { data, error } = rejectApplication.body.safeParse({ reason: (fields['reason'] ?? '').trim() })
  return data ?? { fault: faultOf(error.issues.map(({ code }) => code)) }
}

const faultOf = (codes: readonly string[]): string => {
  if (codes.includes('too_small')) return 'Say why: they are to know what to do about it.'
  return codes.includes('too_big')
    ? 'That is too long: at most 1000 characters.'
    : 'There are signs in it that cannot be kept. Please type it anew.'
}

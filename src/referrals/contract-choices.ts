/** What can be chosen of a referral: the words that tables, code, API and pages share. */
import { z } from 'zod'
import { code, currency, day, language } from '../platform/contract.ts'

export const statuses = [
  'draft',
  'awaiting_consent',
  'sent',
  'info_requested',
  'accepted',
  'scheduled',
  'visited',
  'trial',
  'closed',
  'declined',
  'expired',
  'withdrawn',
  'forwarded',
  'consent_revoked',
] as const
export const clockEvents = [
  'abandon',
  'expire',
  'resume',
  'remind',
  'postpone',
  'confirm-withdrawal',
  'overdue',
  'end',
  'post-claim',
  'resolve',
  'confirm-join',
  'release',
] as const
export const phases = ['preparing', 'pending', 'active', 'closed'] as const
export const stays = ['visit', 'temporary', 'relocate', 'join'] as const
export const declineReasons = [
  'no_capacity',
  'not_a_fit',
  'out_of_area',
  'dates_unavailable',
  'incomplete_info',
  'duplicate',
  'already_member',
  'vetting_concern',
  'house_rules',
  'paused',
  'other',
] as const
export const outcomes = ['joined', 'completed', 'not_joined', 'no_show', 'unreachable', 'unknown'] as const
export const notJoinedReasons = [
  'price',
  'location',
  'timing',
  'chose_other',
  'changed_mind',
  'other',
] as const
export const stages = ['visited', 'trial', 'joined'] as const
export const levels = ['none', ...stages] as const
export const termsKinds = ['free', 'discount', 'full_price'] as const

export const needs = z
  .object({
    deskKind: z.enum(['hot_desk', 'fixed_desk', 'private_office', 'meeting_room']).exactOptional(),
    daysPerWeek: z.int().min(1).max(7).exactOptional(),
    from: day.exactOptional(),
    to: day.exactOptional(),
    amenities: z.array(code).max(30).exactOptional(),
    languages: z.array(language).max(10).exactOptional(),
    budget: z
      .strictObject({
        amount: z.int().min(0).max(1_000_000),
        currency,
        period: z.enum(['hour', 'day', 'week', 'month', 'year']),
      })
      .exactOptional(),
  })
  .strict()
  .meta({ id: 'Needs', description: 'What the member needs: choices and numbers.' })

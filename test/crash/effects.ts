import type { Deps } from '../../src/platform/context.ts'
import { toTypeId } from '../../src/platform/ids.ts'
import { effectKey, type Books } from './books.ts'

interface Happened {
  readonly referral_id: string
  readonly seq: number
  readonly event: string
  readonly to_status: string
}

/**
 * Compares what clients were told with what has happened, when no request is under way or unanswered: every acknowledged
 * write is there, and nothing is there that was not acknowledged, so that each key has had one effect.
 * What members and the clock bring about is nobody's answer.
 */
export const wrongEffects = async ({ db }: Deps, { effects }: Books): Promise<string[]> => {
  const { rows } = await db.pool.query<Happened>(
    `select distinct referral_id, seq, event, to_status from referral_events where actor_kind in ('sender', 'receiver')`,
  )
  const wrong: string[] = []
  const seen = new Set<string>()
  for (const { referral_id: uuid, seq, event, to_status: status } of rows) {
    const place = effectKey(toTypeId('referral', uuid), seq)
    const told = effects.get(place)
    seen.add(place)
    if (!told) wrong.push(`Nobody was told of ${place}: ${event}`)
    else if (told.event !== event || told.status !== status)
      wrong.push(`${place} is ${event} to ${status}, and was told as ${told.event} to ${told.status}`)
  }
  for (const [place, { event, key }] of effects) {
    if (!seen.has(place)) wrong.push(`${place} was acknowledged and is gone: ${event}, key ${key}`)
  }
  return wrong
}

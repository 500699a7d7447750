import type { FastifyReply } from 'fastify'
import type { VNode } from 'preact'
import type { LinkKind } from '../members/link.ts'
import type { Deps } from '../platform/context.ts'
import { Problem } from '../platform/errors.ts'
import type { LinkTarget } from '../referrals/member-consent.ts'
import { readWholeReferral, type WholeReferral } from '../referrals/whole-referral.ts'
import { sendOutside } from './send-page.ts'

/** What every page that opens by a link stands on. */

export interface LinkRoute {
  Params: { token: string }
}

/**
 * Answers a mailed link.
 * @param gonePage what says that the link is used, over or not ours, and what to do now
 */
export const unlessGone = async (
  reply: FastifyReply,
  gonePage: VNode,
  answer: () => Promise<FastifyReply>,
): Promise<FastifyReply> => {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'gone') throw error
    return sendOutside(reply, 410, gonePage)
  }
}

/** Pages are no part of the API's contract. */
export const hidden = { schema: { hide: true } }

/**
 * The referral that a link of this kind may show: the member is shown it from the moment of being asked, a space
 * outside the network for as long as it waits there.
 * @throws Problem `gone`
 */
export const shownBy = async (deps: Deps, kind: LinkKind, target: LinkTarget): Promise<WholeReferral> => {
  const whole = await readWholeReferral(deps, target)
  const isShown = kind === 'member' ? whole?.card.submittedAt : whole?.card.status === 'draft'
  if (!whole || !isShown) throw new Problem('gone')
  return whole
}

import { applications } from '../../db/schema/network.ts'
import { emailHashOf } from '../access/manager-identity.ts'
import { instant, millisOf } from '../platform/clock.ts'
import type { Ctx } from '../platform/context.ts'
import { mutate, type ReadTx } from '../platform/database/door.ts'
import { rowsOf } from '../platform/database/statements.ts'
import { invalidField } from '../platform/errors.ts'
import { networkSpaceId, newId, type Id } from '../platform/ids.ts'
import { seal } from '../platform/sealing.ts'
import { soundProfile } from '../spaces/register-space.ts'
import { findSpaceByReference } from './admit-space.ts'
import { contactBinding } from './contact.ts'
import type { Submission, SubmittedApplication } from './contract-application.ts'
import type { KeptProfile } from './kept-profile.ts'
import { placed } from './placed.ts'
import { countSubmission } from './submit-limits.ts'

/**
 * Somebody asks to be taken in. Nothing comes of it before the address is confirmed by the mailed link; neither the answer
 * nor the work tells whether the address is known here.
 * @param address of the network it comes from
 * @throws Problem `validation_failed`, `too_many_requests`
 */
export const submitApplication = async (
  ctx: Ctx,
  body: Submission,
  address: string,
): Promise<SubmittedApplication> => {
  requireOne(body)
  const { space = null } = body
  if (space) soundProfile(placed(space))
  return mutate(ctx, 'applications:submit', async (tx) => {
    const { name, email, takesMails = false } = body.contact
    if (body.claimSpaceId !== undefined) await requireClaimable(tx, body.claimSpaceId)
    await countSubmission(ctx, tx, address, email)
    const id = newId('application', ctx.clock.now())
    const confirmBy = instant(millisOf(tx.now) + ctx.policy.confirmation)
    const profile: KeptProfile = { space, takesMails }
    const row = {
      id,
      kind: space ? ('new' as const) : ('claim' as const),
      status: 'unconfirmed' as const,
      spaceRef: body.claimSpaceId ?? null,
      managerId: null,
      contact: seal(ctx.keys.seal, JSON.stringify({ name, email }), contactBinding(id)),
      emailHash: emailHashOf(ctx, email),
      profile: { ...profile },
      statement: body.statement ?? '',
      background: body.background ?? null,
      challenge: body.challenge ?? null,
      proof: null,
      provedAt: null,
      reason: null,
      decidedAt: null,
      confirmBy,
      version: 1,
      createdAt: tx.now,
      updatedAt: tx.now,
    }
    await tx.insert(rowsOf(applications, [row]))
    return {
      result: { id, status: row.status, confirmBy },
      events: [{ spaceId: networkSpaceId, topic: 'mail.confirm_application', subjectId: id, deliver: true }],
      audit: { action: 'submitApplication', objectId: id },
    }
  })
}

const requireOne = ({ space, claimSpaceId }: Submission): void => {
  if (!space && claimSpaceId === undefined)
    throw invalidField('/space', 'is required, unless `claimSpaceId` names a space of the directory')
  if (space && claimSpaceId !== undefined)
    throw invalidField('/claimSpaceId', 'cannot be named beside `space`: it is one or the other')
}

/** Nobody speaks for it yet, or its own people ask once more. */
const claimable = ['unclaimed', 'registered', 'rejected'] as const

const requireClaimable = async (tx: ReadTx, spaceId: Id<'space'>): Promise<void> => {
  const space = await findSpaceByReference(tx, spaceId)
  if (!claimable.some((status) => status === space?.status))
    throw invalidField('/claimSpaceId', 'is no space of the directory that can be claimed')
}

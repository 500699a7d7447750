import type { FastifyInstance } from 'fastify'
import { auditFile } from '../audit/audit-file.ts'
import { exportAuditLog, listAuditLog } from '../audit/list-audit-log.ts'
import { ownSpaceOf, type Ctx } from '../platform/context.ts'
import { Problem } from '../platform/errors.ts'
import { getSpace } from '../spaces/get-space.ts'
import { addInsideFile, addInsidePage, type Visit } from './inside.tsx'
import { logPage } from './log-page.tsx'
import { daysIn, faultsOf, momentsOf } from './log-range.ts'
import { readFields } from './own-forms.ts'

/** Rows on one page. */
const limit = 50

/** What was done in a space, or in the network: as a page, and as a file. */
export const addLogPages = (app: FastifyInstance): void => {
  addInsidePage(app, '/log', async (visit) => {
    const { ctx } = visit
    const { cursor, days, timezone } = await askedBy(visit)
    const faults = faultsOf(days)
    const page =
      Object.keys(faults).length > 0
        ? { data: [], nextCursor: null }
        : await listAuditLog(ctx, { ...momentsOf(days, timezone), ...(cursor && { cursor }), limit })
    const { data: rows, nextCursor } = page
    const earlier = nextCursor && `/log?${new URLSearchParams({ ...days, cursor: nextCursor }).toString()}`
    const isForNetwork = ownSpaceOf(ctx.actor) === null
    return logPage({ days, faults, rows, earlier, timezone, isForNetwork })
  })
  addInsideFile(app, '/log/export', async (visit) => {
    const { days, timezone } = await askedBy(visit)
    const [fault] = Object.values(faultsOf(days))
    if (fault !== undefined) throw new Problem('validation_failed', fault)
    const batches = await exportAuditLog(visit.ctx, momentsOf(days, timezone))
    return { name: `waggle-log-${days.from}-${days.to}.csv`, type: 'text/csv', pieces: auditFile(batches) }
  })
}

const askedBy = async ({ ctx, request }: Visit) => {
  const fields = readFields(request.query)
  const timezone = await clockOf(ctx)
  return { cursor: fields['cursor'], days: daysIn(fields, timezone, ctx.clock.now()), timezone }
}

/** A space reads by its own clock, the steward by that of all. */
const clockOf = async (ctx: Ctx): Promise<string> => {
  const spaceId = ownSpaceOf(ctx.actor)
  return spaceId === null ? 'UTC' : (await getSpace(ctx, spaceId)).timezone
}

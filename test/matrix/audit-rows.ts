import { walkFrom } from '../referrals/walks.ts'
import type { Row } from './rows.ts'

/** Rights of the room `audit`: what was done in a space is read by who answers for it; everybody reads their own log alone. */
export const auditRows = {
  listAuditLog: {
    ask: async (subject) => {
      const { id } = await walkFrom(subject.sending)
      return { url: `/v1/audit-log?objectId=${id}`, secret: id }
    },
    statuses: [200, 403, 403, 200, 200, 200, 200, 200, 401],
  },
} satisfies Record<string, Row>

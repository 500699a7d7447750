import { z } from 'zod'
import {
  auditId,
  cursor,
  exampleId,
  exampleMoment,
  limit,
  line,
  moment,
  openEnum,
  pageOf,
  spaceId,
} from '../platform/contract.ts'
import type { Operation } from '../platform/operation.ts'

const action = z
  .string()
  .regex(/^[A-Za-z]{1,60}$/)
  .max(60)

const query = z.strictObject({
  action: action
    .exactOptional()
    .meta({ description: 'Only this, as the operation that did it is named.', examples: ['openContact'] }),
  objectId: line(100)
    .exactOptional()
    .meta({ description: 'Only what was done to this.', examples: [exampleId('ref')] }),
  from: z.iso
    .datetime()
    .max(30)
    .exactOptional()
    .meta({ description: 'From this moment on; a quarter of a year before the end, when absent.' }),
  to: z.iso
    .datetime()
    .max(30)
    .exactOptional()
    .meta({ description: 'Before this moment, at most a year after `from`; until now, when absent.' }),
  cursor: cursor.exactOptional(),
  limit,
})
export type AuditQuery = z.infer<typeof query>

const auditRow = z
  .object({
    id: auditId,
    at: moment,
    spaceId: spaceId.nullable().meta({ description: 'In whose log it stands; null for the network’s own.' }),
    actorKind: openEnum(['client', 'manager', 'member', 'public', 'steward', 'clock']).meta({
      description: 'Who did it: `steward` is the command line of the installation, `clock` is Waggle itself.',
    }),
    actorId: z.string().max(100),
    actorName: z.string().max(200).nullable().meta({
      description:
        'Of a person or an API client that acts for you now; of nobody else. It is not kept in the log.',
    }),
    action: z
      .string()
      .max(60)
      .meta({ description: 'What was done, as the operation is named.', examples: ['acceptReferral'] }),
    objectId: z.string().max(100).meta({ description: 'What it was done to.' }),
    requestId: z
      .string()
      .max(100)
      .meta({ description: 'The request that did it, as the log of the server names it.' }),
  })
  .meta({ id: 'AuditRow' })
export type AuditRow = z.infer<typeof auditRow>

export const listAuditLog = {
  id: 'listAuditLog',
  method: 'GET',
  path: '/v1/audit-log',
  tag: 'Audit',
  summary: 'Who did what, newest first',
  description:
    'Every opening of a contact, every write about a person and every administrative act is one row that nobody can change. ' +
    'A space reads its own. Who acts for the network reads that of the network, with what was decided about spaces and ' +
    'disputes; never who opened a contact.',
  scope: 'audit:read',
  query,
  answers: {
    200: {
      description: 'One page of the log.',
      schema: pageOf(auditRow, 'AuditRowPage'),
      example: {
        data: [
          {
            id: exampleId('aud'),
            at: exampleMoment,
            spaceId: exampleId('spc'),
            actorKind: 'manager',
            actorId: exampleId('mgr'),
            actorName: 'Inês Moura',
            action: 'openContact',
            objectId: exampleId('ref'),
            requestId: 'req-3f0f1d5e-7a5a-4b0a-9b53-0f6f5d1f2a10',
          },
        ],
        nextCursor: null,
      },
      headers: ['Link', 'ETag'],
    },
  },
  problems: ['invalid_cursor'],
} as const satisfies Operation

import { z } from 'zod'
import { prose, spaceId } from '../platform/contract.ts'
import type { Operation } from '../platform/operation.ts'
import { exampleSpace, space } from '../spaces/contract-space.ts'

const params = z.strictObject({ spaceId })

const answers = (description: string, status: string) =>
  ({
    200: { description, schema: space, example: { ...exampleSpace, status }, headers: ['ETag'] },
  }) as const

export const suspendSpace = {
  id: 'suspendSpace',
  method: 'POST',
  path: '/v1/spaces/{spaceId}/suspend',
  tag: 'Network',
  summary: 'Suspend a space',
  description:
    'It is found no more and starts nothing; what is open goes on. Its managers are shown the reason.',
  scope: 'network:admin',
  params,
  body: z.strictObject({ reason: prose(1000).min(1) }),
  bodyExample: { reason: 'Members were charged for their free days.' },
  answers: answers('The space, suspended.', 'suspended'),
  problems: ['wrong_standing'],
} as const satisfies Operation

export const readmitSpace = {
  id: 'readmitSpace',
  method: 'POST',
  path: '/v1/spaces/{spaceId}/readmit',
  tag: 'Network',
  summary: 'Take a space in again',
  description: 'One that is suspended, or has left. A probation that was running goes on.',
  scope: 'network:admin',
  params,
  answers: answers('The space, in the network again.', 'admitted'),
  problems: ['wrong_standing'],
} as const satisfies Operation

export const leaveNetwork = {
  id: 'leaveNetwork',
  method: 'POST',
  path: '/v1/spaces/{spaceId}/leave',
  tag: 'Network',
  summary: 'Leave the network',
  description: 'For an owner of the space. What is open goes on; the steward takes it in again.',
  scope: 'access:write',
  params,
  answers: answers('The space, which has left.', 'left'),
  problems: ['wrong_standing'],
} as const satisfies Operation

import { z } from 'zod'
import {
  cursor,
  exampleId,
  exampleMoment,
  limit,
  line,
  managerId,
  moment,
  openEnum,
  pageOf,
} from '../platform/contract.ts'
import { scopes, type Operation } from '../platform/operation.ts'

const roles = ['owner', 'manager', 'viewer'] as const
const role = z.enum(roles).meta({
  description:
    '`owner` decides who acts for the space and through which API clients, `manager` works on referrals and the profile, `viewer` reads.',
})
const email = z.email().max(254)
const params = z.strictObject({ managerId })

const manager = z
  .object({
    id: managerId.nullable().meta({ description: 'Null until the invitation is accepted.' }),
    name: z.string().max(200).nullable().meta({ description: 'Null until the invitation is accepted.' }),
    email: z.string().max(254),
    role: openEnum(roles),
    invitedAt: moment,
    acceptedAt: moment.nullable(),
    expiresAt: moment.nullable().meta({ description: 'Until when an invitation can be accepted.' }),
  })
  .meta({ id: 'Manager' })
export type Manager = z.infer<typeof manager>

const exampleManager: Manager = {
  id: exampleId('mgr'),
  name: 'Inês Moura',
  email: 'ines@nave.example',
  role: 'manager',
  invitedAt: exampleMoment,
  acceptedAt: exampleMoment,
  expiresAt: null,
}
const exampleInvited: Manager = {
  ...exampleManager,
  id: null,
  name: null,
  acceptedAt: null,
  expiresAt: exampleMoment,
}

const answered = (description: string, change: Partial<Manager> = {}) =>
  ({ 200: { description, schema: manager, example: { ...exampleManager, ...change } } }) as const

/** What who accepts an invitation may say. */
export const acceptance = z.strictObject({ name: line(100) })

/** What somebody asks of a personal token: on the page alone. */
export const newPersonalToken = z.strictObject({
  name: line(100),
  scopes: z.array(z.enum(scopes)).min(1).max(50),
  days: z.int().min(1).max(365),
})
export type NewPersonalToken = z.infer<typeof newPersonalToken>

const query = z.strictObject({ cursor: cursor.exactOptional(), limit })
export type ManagerQuery = z.infer<typeof query>

export const listManagers = {
  id: 'listManagers',
  method: 'GET',
  path: '/v1/managers',
  tag: 'Access',
  summary: 'Who acts for my space',
  description: 'The people of the space that the token acts for, and those who are invited.',
  scope: 'access:read',
  query,
  answers: {
    200: {
      description: 'People, by when they were invited.',
      schema: pageOf(manager, 'ManagerPage'),
      example: { data: [exampleManager], nextCursor: null },
      headers: ['Link'],
    },
  },
  problems: ['invalid_cursor'],
} as const satisfies Operation

const invitation = z.strictObject({ email, role })
export type Invitation = z.infer<typeof invitation>

export const inviteManager = {
  id: 'inviteManager',
  method: 'POST',
  path: '/v1/managers',
  tag: 'Access',
  summary: 'Invite a colleague',
  description:
    'By a mailed link, which works for who reads mail at that address. To invite somebody again mails a new one, and changes ' +
    'the role. The answer does not tell whether the address is known here. For spaces of the network: 20 invitations a day, ' +
    'and 5 to one address from all of them. A personal token invites nobody into a role that may do more than itself.',
  scope: 'access:write',
  body: invitation,
  bodyExample: { email: 'ines@nave.example', role: 'manager' },
  answers: { 201: { description: 'Invited.', schema: manager, example: exampleInvited } },
  problems: ['already_manager', 'space_not_admitted', 'space_suspended'],
} as const satisfies Operation

export const withdrawInvitation = {
  id: 'withdrawInvitation',
  method: 'POST',
  path: '/v1/managers/withdraw-invitation',
  tag: 'Access',
  summary: 'Withdraw an invitation',
  scope: 'access:write',
  body: z.strictObject({ email }),
  bodyExample: { email: 'ines@nave.example' },
  answers: { 200: { description: 'It was open until now.', schema: manager, example: exampleInvited } },
  problems: ['not_found'],
} as const satisfies Operation

export const changeRole = {
  id: 'changeRole',
  method: 'POST',
  path: '/v1/managers/{managerId}/change-role',
  tag: 'Access',
  summary: 'Give somebody another role',
  description:
    'At once, also for the sessions and tokens that the person has. A space keeps an owner. A personal token gives no role that may do more than itself.',
  scope: 'access:write',
  params,
  body: z.strictObject({ role }),
  bodyExample: { role: 'viewer' },
  answers: answered('The person, in the new role.', { role: 'viewer' }),
  problems: ['last_owner'],
} as const satisfies Operation

export const handOverOwnership = {
  id: 'handOverOwnership',
  method: 'POST',
  path: '/v1/managers/{managerId}/hand-over',
  tag: 'Access',
  summary: 'Hand the space over',
  description: 'The person becomes an owner, and I a manager.',
  scope: 'access:write',
  params,
  answers: answered('The new owner.', { role: 'owner' }),
  problems: ['already_manager'],
} as const satisfies Operation

export const removeManager = {
  id: 'removeManager',
  method: 'POST',
  path: '/v1/managers/{managerId}/remove',
  tag: 'Access',
  summary: 'Take somebody out of the space',
  description: 'At once; their personal tokens for the space end with it. A space keeps an owner.',
  scope: 'access:write',
  params,
  answers: answered('The person as they were until now.'),
  problems: ['last_owner'],
} as const satisfies Operation

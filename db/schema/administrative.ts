import { sql } from 'drizzle-orm'

/**
 * What the steward is shown of the logs of spaces: who came in, vouched, was suspended or left, and how a dispute was
 * decided. What people of a space do to referrals, and whose contact they open, is that space's own.
 */
const administrativeActions = [
  'registerSpace',
  'mergeSpaces',
  'confirmApplication',
  'proveApplication',
  'withdrawApplication',
  'vouchForApplication',
  'vouchForSpace',
  'admitApplication',
  'rejectApplication',
  'admitSpace',
  'suspendSpace',
  'readmitSpace',
  'leaveNetwork',
  'resolveDispute',
]

const listed = administrativeActions.map((action) => `'${action}'`).join(', ')

/**
 * What the steward reads of the audit log: that of the network, and of those of spaces the acts above and what the command
 * line did. An index holds these rows by time. PostgreSQL takes it for a query that says the very same, constants included:
 * so both say this, and another act needs the index made anew by a migration.
 */
export const isForSteward = sql.raw(
  `(space_id = '00000000-0000-0000-0000-000000000000' or actor_kind = 'steward' or action in (${listed}))`,
)

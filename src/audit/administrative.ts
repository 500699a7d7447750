/**
 * What the steward is shown of the logs of spaces: who came in, vouched, was suspended or left, and how a dispute was
 * decided. What people of a space do to referrals, and whose contact they open, is that space's own.
 */
export const administrativeActions: readonly string[] = [
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

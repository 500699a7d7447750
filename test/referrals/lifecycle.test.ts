import t from 'tap'
import { statuses } from '../../src/referrals/contract-choices.ts'
import {
  edges,
  isOpen,
  legalEvents,
  nextStatuses,
  parties,
  phaseOf,
  type Party,
  type ReferralEvent,
  type Status,
} from '../../src/referrals/lifecycle.ts'

/** The design's table, written down a second time: event, from, to, who. */
const design: [ReferralEvent, string, string, string][] = [
  ['submit', 'draft', 'awaiting_consent sent', 'sender'],
  ['grant-consent', 'awaiting_consent', 'sent', 'member'],
  ['refuse-consent', 'awaiting_consent', 'consent_revoked', 'member'],
  ['ask', 'sent', 'info_requested', 'receiver'],
  ['answer', 'info_requested', 'sent', 'sender'],
  ['resume', 'info_requested', 'sent', 'clock'],
  ['remind', 'sent', 'same', 'clock'],
  ['postpone', 'sent info_requested', 'same', 'clock'],
  ['accept', 'sent info_requested', 'accepted', 'receiver'],
  ['decline', 'sent info_requested accepted scheduled', 'declined', 'receiver'],
  ['expire', 'awaiting_consent sent info_requested', 'expired', 'clock'],
  ['withdraw', 'draft awaiting_consent sent info_requested', 'withdrawn', 'sender'],
  ['abandon', 'draft', 'withdrawn', 'clock'],
  ['request-withdrawal', 'accepted scheduled visited trial', 'same', 'sender'],
  ['confirm-withdrawal', 'accepted scheduled visited trial', 'withdrawn', 'receiver clock'],
  ['forward', 'sent accepted', 'forwarded', 'receiver'],
  ['schedule', 'accepted', 'scheduled', 'receiver member'],
  ['reschedule', 'scheduled', 'scheduled', 'receiver member'],
  ['record-no-show', 'scheduled', 'accepted closed', 'receiver member'],
  ['record-visit', 'accepted scheduled', 'visited', 'receiver member'],
  ['start-trial', 'accepted scheduled visited', 'trial', 'receiver member'],
  ['close', 'accepted scheduled visited trial', 'closed', 'receiver'],
  ['claim', 'accepted scheduled visited trial closed declined forwarded', 'same', 'sender member'],
  ['report-left', 'closed declined forwarded', 'same', 'receiver member'],
  ['overdue', 'accepted scheduled visited trial', 'same', 'clock'],
  ['end', 'accepted scheduled visited trial', 'closed', 'clock'],
  [
    'revoke',
    'draft awaiting_consent sent info_requested accepted scheduled visited trial',
    'consent_revoked',
    'member',
  ],
  ['dispute', 'accepted scheduled visited trial closed declined forwarded', 'same', 'sender receiver'],
  [
    'resolve',
    'accepted scheduled visited trial closed declined forwarded',
    'accepted scheduled visited trial closed',
    'steward clock',
  ],
  [
    'post-claim',
    'accepted scheduled visited trial closed declined forwarded',
    'accepted scheduled visited trial closed',
    'clock',
  ],
  ['confirm-join', 'closed declined forwarded', 'same', 'clock'],
  [
    'release',
    'accepted scheduled visited trial closed declined withdrawn forwarded consent_revoked',
    'same',
    'clock',
  ],
  ['mirror-outcome', 'forwarded', 'same', 'clock'],
]

t.test('every state × event × actor leads where the design says, and nowhere else', (t) => {
  t.same(design.map(([event]) => event).sort(), edges.map(({ event }) => event).sort(), 'the same events')
  let cells = 0
  for (const [event, from, to, by] of design) {
    for (const status of statuses) {
      for (const party of parties) {
        const allowed = from.split(' ').includes(status) && by.split(' ').includes(party)
        const expected = allowed ? (to === 'same' || !isOpen(status) ? [status] : to.split(' ')) : null
        t.same(nextStatuses(status, event, party), expected, `${status} × ${event} × ${party}`)
        cells += 1
      }
    }
  }
  t.equal(cells, 33 * 14 * 5)
  t.end()
})

t.test('a terminal state is left by no event', (t) => {
  const terminal = statuses.filter((status) => !isOpen(status))
  t.same(terminal, ['closed', 'declined', 'expired', 'withdrawn', 'forwarded', 'consent_revoked'])
  for (const status of terminal) {
    t.equal(phaseOf(status), 'closed')
    for (const party of parties) {
      for (const event of legalEvents(status, party)) t.same(nextStatuses(status, event, party), [status])
    }
  }
  t.end()
})

t.test('every open state can reach an end, by the clock or by a person', (t) => {
  const reach = (from: Status, seen: Set<Status>): boolean => {
    if (!isOpen(from)) return true
    if (seen.has(from)) return false
    seen.add(from)
    const targets = parties.flatMap((party: Party) =>
      legalEvents(from, party).flatMap((event) => nextStatuses(from, event, party) ?? []),
    )
    return targets.some((target) => reach(target, seen))
  }
  for (const status of statuses) t.ok(reach(status, new Set()), status)
  t.end()
})

import type { Deps } from '../platform/context.ts'
import type { Handler, Handlers } from '../platform/jobs/outbox-pump.ts'
import { claimedLetter } from './claimed.ts'
import { declinedLetter } from './declined.ts'
import { deleteCopiesLetter } from './delete-copies.ts'
import { disputeAnsweredLetter, disputedLetter } from './disputed.ts'
import { forwardOutcomeLetter } from './forward-outcome.ts'
import type { Letter } from './letter.tsx'
import type { MailTransport } from './mail-transport.ts'
import { readMatter, type Matter, type Side } from './matter.ts'
import { overdueLetter } from './overdue.ts'
import { answerLetter, questionLetter } from './question.ts'
import { referredLetter } from './referred.ts'
import { expiredLetter, reminderLetter } from './unanswered.ts'
import { withdrawalRequestedLetter } from './withdrawal-requested.ts'

/** Writes the letter; null when it has no reason any more. */
type Write = (matter: Matter, deps: Deps) => Letter | null | Promise<Letter | null>

/** The letters to one of the two spaces, by topic. One row is one mail: what one space's server refuses is not sent to others again. */
const letters: Readonly<Record<string, { readonly to: Side; readonly write: Write }>> = {
  'mail.referred': { to: 'receiver', write: referredLetter },
  'mail.question': { to: 'sender', write: questionLetter },
  'mail.answer': { to: 'receiver', write: answerLetter },
  'mail.reminder': { to: 'receiver', write: reminderLetter },
  'mail.expired': { to: 'sender', write: expiredLetter },
  'mail.declined': { to: 'sender', write: declinedLetter },
  'mail.overdue': { to: 'receiver', write: overdueLetter },
  'mail.withdrawal_requested': { to: 'receiver', write: withdrawalRequestedLetter },
  'mail.claim': { to: 'receiver', write: claimedLetter },
  'mail.dispute_sender': { to: 'sender', write: disputedLetter },
  'mail.dispute_receiver': { to: 'receiver', write: disputedLetter },
  'mail.dispute_answer': { to: 'receiver', write: disputeAnsweredLetter },
  'mail.delete_copies': { to: 'receiver', write: deleteCopiesLetter },
  'mail.forward_outcome': { to: 'sender', write: forwardOutcomeLetter },
}

export const spaceMails = (deps: Deps, transport: MailTransport): Handlers =>
  Object.fromEntries(
    Object.entries(letters).map(([topic, { to, write }]) => [topic, mailTo(deps, transport, to, write)]),
  )

/** A space that left no address reads it in Waggle. */
const mailTo =
  (deps: Deps, transport: MailTransport, side: Side, write: Write): Handler =>
  async (row) => {
    const matter = await readMatter(deps, row, side)
    if (!matter?.reader.contactEmail) return 'done'
    const { name, contactEmail } = matter.reader
    const letter = await write(matter, deps)
    if (letter) await transport.send({ id: row.id, to: [{ name, address: contactEmail }], letter })
    return 'done'
  }

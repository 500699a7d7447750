import { findInvitationToMail } from '../access/invitation-to-mail.ts'
import { findLinkToMail } from '../access/link-to-mail.ts'
import type { Deps } from '../platform/context.ts'
import type { Id } from '../platform/ids.ts'
import type { Handlers } from '../platform/jobs/outbox-pump.ts'
import { colleagueInvitedLetter } from './colleague-invited.ts'
import type { MailTransport } from './mail-transport.ts'
import { signInLetter } from './sign-in-letter.ts'

/** The letters to people about their own way in. */
export const signInMails = (deps: Deps, transport: MailTransport): Handlers => ({
  'mail.sign_in': async (row) => {
    const found = await findLinkToMail(deps, row.subjectId as Id<'signIn'>)
    if (!found) return 'done'
    const { name, email } = found.identity
    const letter = signInLetter(name, `${deps.baseUrl}/sign-in/link/${found.token}`)
    await transport.send({ id: row.id, to: [{ name, address: email }], letter })
    return 'done'
  },
  'mail.colleague_invited': async (row) => {
    const found = await findInvitationToMail(deps, {
      spaceId: row.spaceId,
      managerId: row.subjectId as Id<'manager'>,
    })
    if (!found) return 'done'
    const letter = colleagueInvitedLetter(found)
    await transport.send({ id: row.id, to: [{ name: '', address: found.email }], letter })
    return 'done'
  },
})

import { findApplicationToMail, findSteward, type ApplicationToMail } from '../network/application-to-mail.ts'
import { confirmUrl } from '../network/application-link.ts'
import { millisOf } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import type { Id } from '../platform/ids.ts'
import type { Handlers } from '../platform/jobs/outbox-pump.ts'
import type { OutboxRow } from '../platform/jobs/outbox-rows.ts'
import {
  admittedLetter,
  confirmLetter,
  pendingLetter,
  rejectedLetter,
  vouchedLetter,
} from './application-letters.ts'
import type { Letter } from './letter.tsx'
import type { MailTransport } from './mail-transport.ts'

/** Writes the letter about an application as it stands now; null when it has no reason any more. */
type Write = (application: ApplicationToMail, deps: Deps) => Letter | null

const toApplicant: Readonly<Record<string, Write>> = {
  'mail.confirm_application': (application, { baseUrl, keys, clock }) => {
    const { id, status, confirmBy } = application
    if (status !== 'unconfirmed' || millisOf(confirmBy) <= clock.now()) return null
    return confirmLetter({ application, url: confirmUrl(baseUrl, keys.link, id) })
  },
  'mail.vouched': (application, deps) =>
    application.status === 'pending'
      ? vouchedLetter({ application, url: pageOf(deps, application) }, deps.installation.vouchesToAdmit)
      : null,
  'mail.admitted': (application, { baseUrl }) =>
    application.status === 'admitted' ? admittedLetter({ application, url: `${baseUrl}/home` }) : null,
  'mail.rejected': (application, { baseUrl }) =>
    application.status === 'rejected' ? rejectedLetter({ application, url: `${baseUrl}/join` }) : null,
}

const pageOf = ({ baseUrl }: Deps, { id }: ApplicationToMail) => `${baseUrl}/applications/${id}`

const applicationOf = (deps: Deps, { subjectId }: OutboxRow) =>
  findApplicationToMail(deps, subjectId as Id<'application'>)

/** The letters about being taken in. */
export const applicationMails = (deps: Deps, transport: MailTransport): Handlers => ({
  ...Object.fromEntries(
    Object.entries(toApplicant).map(([topic, write]) => [
      topic,
      async (row: OutboxRow) => {
        const application = await applicationOf(deps, row)
        const letter = application && write(application, deps)
        if (letter) {
          const { name, email } = application.person
          await transport.send({ id: row.id, to: [{ name, address: email }], letter })
        }
        return 'done' as const
      },
    ]),
  ),
  'mail.application_pending': async (row) => {
    const [application, steward] = await Promise.all([
      applicationOf(deps, row),
      findSteward(deps, row.data['managerId'] as Id<'manager'>),
    ])
    if (application?.status !== 'pending' || !steward) return 'done'
    const letter = pendingLetter({ application, url: pageOf(deps, application) })
    await transport.send({ id: row.id, to: [{ name: steward.name, address: steward.email }], letter })
    return 'done'
  },
})

import type { Deps } from '../platform/context.ts'
import type { JobLog } from '../platform/jobs/every.ts'
import { startPump, type Pump } from '../platform/jobs/outbox-pump.ts'
import { applicationMails } from './application-mails.ts'
import type { MailTransport } from './mail-transport.ts'
import { memberMails } from './member-mails.ts'
import { signInMails } from './sign-in-mails.ts'
import { spaceMails } from './space-mails.ts'

/** Sends the mails that verbs have put into the outbox. */
export const startMail = (deps: Deps, transport: MailTransport, log: JobLog): Pump =>
  startPump(
    deps,
    {
      ...memberMails(deps, transport),
      ...spaceMails(deps, transport),
      ...signInMails(deps, transport),
      ...applicationMails(deps, transport),
    },
    log,
  )

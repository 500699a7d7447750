import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { Test } from 'tap'
import type { Deps } from '../../src/platform/context.ts'
import { startMail } from '../../src/events/mail.ts'
import { mailTransport } from '../../src/events/mail-transport.ts'

export interface Received {
  /** Those whom the envelope named. */
  readonly recipients: string[]
  readonly mail: ParsedMail
  readonly raw: string
}

interface Mailbox {
  readonly received: Received[]
  readonly port: number
  /** Hangs up, as a mail server that is being restarted. */
  close(): Promise<void>
}

/** A mail server that takes every mail. */
export const openMailbox = async (t: Test, port = 0): Promise<Mailbox> => {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString()
        const recipients = session.envelope.rcptTo.map(({ address }) => address)
        void simpleParser(raw).then((mail) => {
          received.push({ recipients, mail, raw })
          done()
        })
      })
    },
  })
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  let isOpen = true
  const close = async () => {
    if (!isOpen) return
    isOpen = false
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  t.teardown(close)
  return { received, port: (server.server.address() as AddressInfo).port, close }
}

interface Lines {
  readonly lines: string[]
  warn(facts: object, message: string): void
}

export const newLines = (): Lines => {
  const lines: string[] = []
  return { lines, warn: (facts, message) => lines.push(`${message} ${JSON.stringify(facts)}`) }
}

/** A worker that mails to `port`, stopped when the test ends. */
export const startMailTo = (t: Test, deps: Deps, port: number, log: Lines = newLines()) => {
  const config = {
    smtpUrl: `smtp://127.0.0.1:${String(port)}`,
    mailFrom: 'Waggle <waggle@waggle.test>',
    dataDir: '/nonexistent',
  }
  const mail = startMail(
    deps,
    mailTransport(config, ({ line }) => log.lines.push(line)),
    log,
  )
  t.teardown(() => mail.stop())
  return mail
}

import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createTransport } from 'nodemailer'
import { second } from '../platform/clock.ts'
import type { Id } from '../platform/ids.ts'
import { letterText } from './letter-text.ts'
import { letterHtml, type Letter } from './letter.tsx'

export interface Addressee {
  readonly name: string
  readonly address: string
}

/** A letter on its way, with those who get it. */
export interface Mail {
  /** The outbox row that it comes from: sent twice, it carries the same Message-ID. */
  readonly id: Id<'event'>
  readonly to: readonly Addressee[]
  /** Those who an answer goes to. */
  readonly replyTo?: readonly Addressee[]
  readonly letter: Letter
}

export interface MailTransport {
  /** Resolves once the mail server has taken the mail. */
  send(mail: Mail): Promise<void>
  /** Deletes the files of these mails; those that left by SMTP are in other hands. */
  forget(ids: readonly Mail['id'][]): Promise<void>
}

/** A mail that became a file. */
export interface FiledMail {
  /** Its subject and path: no address, no name. */
  readonly line: string
  /** The page that it asks its reader to open; whoever has it may act as the reader, so it belongs into no log. */
  readonly url: string | null
}

interface MailConfig {
  readonly smtpUrl: string | null
  readonly mailFrom: string
  readonly dataDir: string
}

/**
 * Mails leave by SMTP; without a server each becomes a file in `<dataDir>/mail`, of which `tell` is told.
 */
export const mailTransport = (config: MailConfig, tell: (filed: FiledMail) => void): MailTransport =>
  config.smtpUrl === null ? toFolder(config, tell) : bySmtp(config, config.smtpUrl)

const fileOf = ({ dataDir }: MailConfig, id: Mail['id']) => join(dataDir, 'mail', `${id}.eml`)

/** Also with a mail server: there may be files of a time without one. */
const forgetFiles = (config: MailConfig) => async (ids: readonly Mail['id'][]) => {
  for (const id of ids) await rm(fileOf(config, id), { force: true })
}

/** A mail names no file and no page to be fetched, so nodemailer is not to fetch any. */
const closed = { disableFileAccess: true, disableUrlAccess: true }

const bySmtp = (config: MailConfig, url: string): MailTransport => {
  const transport = createTransport({
    url,
    connectionTimeout: 10 * second,
    greetingTimeout: 10 * second,
    dnsTimeout: 10 * second,
    socketTimeout: 15 * second,
    ...closed,
  })
  return {
    send: async (mail) => {
      await transport.sendMail(messageOf(config, mail))
    },
    forget: forgetFiles(config),
  }
}

const toFolder = (config: MailConfig, tell: (filed: FiledMail) => void): MailTransport => {
  const transport = createTransport({ streamTransport: true, buffer: true, ...closed })
  return {
    send: async (mail) => {
      const { message } = await transport.sendMail(messageOf(config, mail))
      const path = fileOf(config, mail.id)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeFile(path, message, { mode: 0o600 })
      const { subject, action } = mail.letter
      tell({ line: `Mail: ${subject} (${path})`, url: action?.link?.url ?? null })
    },
    forget: forgetFiles(config),
  }
}

const messageOf = ({ mailFrom }: MailConfig, { id, to, replyTo, letter }: Mail) => ({
  messageId: `<${id}@${/@([\w.-]+)>?\s*$/.exec(mailFrom)?.[1] ?? 'localhost'}>`,
  from: mailFrom,
  to: to.map(safe),
  ...(replyTo && { replyTo: replyTo.map(safe) }),
  subject: letter.subject,
  text: letterText(letter),
  html: letterHtml(letter),
  // RFC 3834: no out-of-office notes, please.
  headers: { 'Auto-Submitted': 'auto-generated' },
})

/** Names and addresses travel apart, never as text that has to be parsed again; nodemailer writes names on one line. */
const safe = (one: Addressee): Addressee => {
  // One mailbox without quotes or comments: what contracts let in, checked again where it would do harm.
  if (!/^[^\s<>()[\],;:"\\@]+@[^\s<>()[\],;:"\\@]+$/.test(one.address)) throw unusable()
  return one
}

const unusable = () => Object.assign(new Error('An address cannot be written to'), { code: 'EADDRESS' })

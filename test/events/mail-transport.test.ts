import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import t from 'tap'
import { mailTransport, type Mail } from '../../src/events/mail-transport.ts'
import { newId } from '../../src/platform/ids.ts'
import { testStart } from '../helpers/app.ts'
import { makeTempFolder } from '../helpers/temp-folder.ts'
import { openMailbox } from './mailbox.ts'

const mailOf = (change: Partial<Mail> = {}, letter: Partial<Mail['letter']> = {}): Mail => ({
  id: newId('event', testStart),
  to: [{ name: 'Ada', address: 'ada@example.org' }],
  letter: {
    subject: 'Hello',
    preview: 'Preview',
    title: 'Title',
    paragraphs: [],
    facts: [],
    after: 'After',
    why: 'Why',
    ...letter,
  },
  ...change,
})

const config = (port: number) => ({
  smtpUrl: `smtp://127.0.0.1:${String(port)}`,
  mailFrom: 'Waggle <waggle@waggle.test>',
  dataDir: '/nonexistent',
})

t.test('line breaks and commas in names and subjects add no header and no recipient', async (t) => {
  const box = await openMailbox(t)
  const evil = 'Eve\r\nBcc: eve@evil.example, "x" <mallory@evil.example>'
  await mailTransport(config(box.port), () => undefined).send(
    mailOf(
      {
        to: [{ name: evil, address: 'ada@example.org' }],
        replyTo: [{ name: evil, address: 'bo@example.org' }],
      },
      { subject: 'Hi\r\nBcc: eve@evil.example\r\n\r\nbody' },
    ),
  )
  const [only] = box.received
  t.strictSame(only?.recipients, ['ada@example.org'])
  t.equal(only?.mail.bcc, undefined)
  t.strictSame(
    only?.mail.replyTo?.value.map(({ address }) => address),
    ['bo@example.org'],
  )
  t.match(only?.mail.text, /^Title/)
})

t.test('an address that could be read in two ways is not written to', async (t) => {
  const box = await openMailbox(t)
  const transport = mailTransport(config(box.port), () => undefined)
  for (const address of [
    'a@x.example,b@y.example',
    '"a@x.example b"@y.example',
    'a@x.example\r\nRCPT TO:<b@y.example>',
    '<a@x.example>b@y.example',
  ]) {
    await t.rejects(transport.send(mailOf({ to: [{ name: 'Ada', address }] })), { code: 'EADDRESS' })
  }
  t.strictSame(box.received, [])
})

t.test(
  'a mail that is sent twice is known by its Message-ID, and asks for no automatic answer',
  async (t) => {
    const box = await openMailbox(t)
    const transport = mailTransport(config(box.port), () => undefined)
    const mail = mailOf()
    await transport.send(mail)
    await transport.send(mail)
    t.strictSame(
      box.received.map((one) => one.mail.messageId),
      [`<${mail.id}@waggle.test>`, `<${mail.id}@waggle.test>`],
    )
    t.equal(box.received[0]?.mail.headers.get('auto-submitted'), 'auto-generated')
  },
)

t.test('what people wrote is shown as text in the page of a mail', async (t) => {
  const box = await openMailbox(t)
  const quote = '<img src=x onerror=alert(1)> & "quiet"'
  await mailTransport(config(box.port), () => undefined).send(mailOf({}, { quote }))
  const { html } = box.received[0]!.mail
  t.notMatch(html, '<img')
  t.match(html, '&lt;img')
  t.match(box.received[0]?.mail.text, quote)
})

t.test('without a mail server each mail is a file that its owner alone can read', async (t) => {
  const dataDir = join(await makeTempFolder(t), 'data')
  const lines: string[] = []
  const mail = mailOf()
  const transport = mailTransport({ smtpUrl: null, mailFrom: 'waggle@waggle.test', dataDir }, ({ line }) =>
    lines.push(line),
  )
  await transport.send(mail)
  const files = await readdir(join(dataDir, 'mail'))
  t.strictSame(files, [`${mail.id}.eml`])
  const path = join(dataDir, 'mail', `${mail.id}.eml`)
  t.strictSame(lines, [`Mail: Hello (${path})`])
  t.equal((await stat(path)).mode & 0o777, 0o600)
  const parsed = await simpleParser(await readFile(path))
  t.match(parsed.to, { value: [{ name: 'Ada', address: 'ada@example.org' }] })
  t.match(parsed.text, /^Title/)
})

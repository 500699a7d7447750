import { randomBytes } from 'node:crypto'
import t, { type Test } from 'tap'
import { referralTexts } from '../../db/schema/referrals.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { minute, systemClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database/pool.ts'
import { loadKeys, makeKeys } from '../../src/platform/keys.ts'
import { standardInstallation } from '../../src/platform/installation.ts'
import { standardPolicy } from '../../src/platform/policy.ts'
import { verifyLedger } from '../../src/reciprocity/verify.ts'
import { openMailbox } from '../events/mailbox.ts'
import { baseUrl } from '../helpers/app.ts'
import { createTestDatabase } from '../helpers/database.ts'
import { makeTempFolder } from '../helpers/temp-folder.ts'
import { until } from '../helpers/until.ts'
import { startServer } from '../running/server.ts'
import { liveThrough, marked } from './life.ts'
import { findMark } from './marker-search.ts'

/** A server of its own, and everything that it writes down. */
const openHouse = async (t: Test, environment: Record<string, string> = {}) => {
  const { ownerUrl, appUrl } = await createTestDatabase(t, {
    migrate: (url) => migrate(url, systemClock.now()),
  })
  const keyFile = makeKeys()
  const folder = await makeTempFolder(t)
  const server = await startServer(t, {
    DATABASE_URL: appUrl,
    DATABASE_OWNER_URL: ownerUrl,
    WAGGLE_BASE_URL: baseUrl,
    WAGGLE_KEYS: JSON.stringify(keyFile),
    WAGGLE_DATA_DIR: folder,
    ...environment,
  })
  const db = openDatabase({ url: appUrl, onError: () => undefined })
  t.teardown(() => db.close())
  const deps = {
    db,
    clock: systemClock,
    keys: loadKeys(keyFile),
    policy: standardPolicy,
    installation: standardInstallation,
    baseUrl,
  }
  const owner = openDatabase({ url: ownerUrl, onError: () => undefined })
  t.teardown(() => owner.close())
  const places = {
    // As the owner, who sees the tables that the app has no part in.
    deps: { db: owner, keys: deps.keys },
    folder,
    logs: () => [...server.stdout, ...server.stderr],
    metrics: async () => (await server.ask('/metrics')).text,
  }
  return { server, deps, places, find: (mark: string) => findMark(mark, places) }
}

type House = Awaited<ReturnType<typeof openHouse>>

const mailsAreOut = async ({ deps }: House) => {
  const { rowCount } = await deps.db.pool.query('select from outbox where due_at is not null')
  return rowCount === 0
}

const ledgerOf = async ({ deps }: House) =>
  (await deps.db.pool.query('select * from ledger_entries order by space_id, id')).rows

const kindsOf = async ({ deps }: House) =>
  (
    await deps.db.pool.query<{ kind: string }>('select distinct kind from referral_texts order by kind')
  ).rows.map(({ kind }) => kind)

const statusesOf = async ({ deps }: House) => {
  const { rows } = await deps.db.pool.query<{ id: string; status: string; erased: boolean }>(
    "select id, status, erased_at is not null as erased from referrals where role = 'sender' order by id",
  )
  return rows.map(({ status, erased }) => (erased ? `${status}, erased` : status))
}

const auditOf = async ({ deps }: House, action: string) =>
  (await deps.db.pool.query("select from audit_log where action = $1 and actor_kind = 'member'", [action]))
    .rowCount

const wholeLife = async (t: Test, house: House) => {
  const mark = `mq${randomBytes(5).toString('hex')}`
  const person = marked(mark)
  const story = await liveThrough(house.deps, house.server, person)
  await until(() => mailsAreOut(house), 20_000)

  for (const field of person.fields) t.ok((await house.find(field)).length > 0, `${field} is found before`)
  t.strictSame(await kindsOf(house), [...referralTexts.kind.enumValues].sort(), 'words of every kind')
  const before = await house.find(mark)
  const ledger = await ledgerOf(house)
  t.equal(ledger.length, 6, 'somebody joined: three stages, on two sides')

  const { ids, press, spaces } = story
  const asked = systemClock.now()
  for (const id of [ids.second, ids.joined, ids.declined]) await press(id, 'erase')
  await until(async () => (await house.find(mark)).length === 0, 60_000)
  t.ok(systemClock.now() - asked < minute, 'within a minute')
  await until(() => mailsAreOut(house), 70_000)
  for (const part of [mark, ...person.phoneParts])
    t.strictSame(await house.find(part), [], 'nothing comes back with what was still to be carried')

  t.strictSame(await ledgerOf(house), ledger, 'not an entry is different')
  t.strictSame((await verifyLedger(house.deps)).differences, [])
  t.match((await spaces.a.get('/v1/reciprocity')).points, { earned: 100, net: 100 })
  t.strictSame(await statusesOf(house), [
    'closed, erased',
    'declined, erased',
    'forwarded, erased',
    'forwarded, erased',
    'consent_revoked',
  ])
  t.equal(await auditOf(house, 'eraseMember'), 4, 'one row for each referral that had ended')
  t.equal(await auditOf(house, 'revokeConsent'), 1, 'and one for the one that was open')
  return { ...story, mark, before, asked }
}

t.test('who erases on one page is gone from everything within a minute; mails are files', async (t) => {
  const house = await openHouse(t)
  const { before } = await wholeLife(t, house)
  for (const place of ['sealed idempotency_keys', 'sealed referral_texts', 'table referrals'])
    t.ok(before.includes(place), place)
  t.ok(
    before.some((place) => place.endsWith('.eml')),
    'mails',
  )
  const logged = house.server.logs().filter(({ msg }) => msg === 'words about a member are erased')
  t.equal(logged.length, 5, 'the log tells which referrals, for whoever restores a backup')
})

t.test(
  'the same with a mail server: what leaves afterwards names nobody, and every receiver is told',
  async (t) => {
    const box = await openMailbox(t)
    const house = await openHouse(t, { SMTP_URL: `smtp://127.0.0.1:${String(box.port)}` })
    const { mark, ids } = await wholeLife(t, house)
    const said = box.received.map(({ mail }) => [mail.subject, mail.text, mail.html].join('\n'))
    const isRequest = (text: string) => text.startsWith('Please delete what you noted')
    t.ok(
      said.some((text) => text.includes(mark)),
      'the mails before did',
    )
    const requests = box.received.filter((_, index) => isRequest(said[index] ?? ''))
    t.strictSame(
      requests.map(({ recipients }) => recipients.join()).sort(),
      ['birke', 'birke', 'ceder', 'distel', 'distel'].map((name) => `desk@${name}.example`),
      'one for each referral that a space received',
    )
    t.notOk(said.some((text) => isRequest(text) && text.includes(mark)))
    for (const id of Object.values(ids)) t.ok(said.some((text) => isRequest(text) && text.includes(id)))
  },
)

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import pg from 'pg'
import t from 'tap'
import { migrate } from '../../src/platform/database/migrate.ts'
import { testStart } from '../helpers/app.ts'
import { createEmptyDatabase, createTestDatabase } from '../helpers/database.ts'
import { differences, factsOf } from './catalog.ts'
import { query } from './query.ts'

type Exports = Record<string, unknown>

/** Everything that the files of db/schema export; a new file is there by itself. */
const readSchema = async (): Promise<Exports> => {
  const folder = join(import.meta.dirname, '../../db/schema')
  const files = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  const modules = await Promise.all(
    files.map((name) => import(pathToFileURL(join(folder, name)).href) as Promise<Exports>),
  )
  return Object.assign({}, ...modules) as Exports
}

const migrated = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })
const built = await createEmptyDatabase(t)
const steps = await generateMigration(generateDrizzleJson({}), generateDrizzleJson(await readSchema()))
await query(built.ownerUrl, steps.join('\n'))

const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  t.teardown(() => client.end())
  return client
}

const schemaClient = await connect(built.ownerUrl)
const inSchema = await factsOf(schemaClient)
const inMigrations = await factsOf(await connect(migrated.ownerUrl))

t.test('db/migrations make what db/schema says', async (t) => {
  t.ok(inMigrations.length > 100, 'there is something to compare')
  t.strictSame(differences(inSchema, inMigrations), [])
})

const drifts = [
  ['alter table spaces add forgotten text', ['only in db/schema: column spaces.forgotten text']],
  ['drop index spaces_city', ['only in db/migrations: index CREATE INDEX spaces_city']],
  [
    'alter table audit_log alter action drop not null',
    [
      'only in db/schema: column audit_log.action text',
      'only in db/migrations: column audit_log.action text not null',
    ],
  ],
  [
    'alter table referrals drop constraint referrals_peer_id_spaces_id_fk',
    ['only in db/migrations: constraint referrals.referrals_peer_id_spaces_id_fk FOREIGN KEY (peer_id)'],
  ],
  ['create table forgotten ()', ['only in db/schema: table forgotten']],
] as const

for (const [change, expected] of drifts) {
  t.test(`the comparison tells of a difference: ${change}`, async (t) => {
    await schemaClient.query('begin')
    await schemaClient.query(change)
    const found = differences(await factsOf(schemaClient), inSchema)
    await schemaClient.query('rollback')
    t.equal(found.length, expected.length)
    for (const [index, beginning] of expected.entries()) t.ok(found[index]?.startsWith(beginning), beginning)
  })
}

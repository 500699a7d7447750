import pg from 'pg'
import t from 'tap'
import { openCluster } from './cluster.ts'
import { cloneTemplate } from './template.ts'
import type { TestDatabase } from './template.ts'

const cluster = await openCluster(t)

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}

t.test('several at once get clones of one template, migrated once, independent of each other', async (t) => {
  const name = `template_of_this_test_${process.pid}`
  t.teardown(() => query(cluster.ownerUrl, `drop database if exists ${name}`))
  let migrations = 0
  const migrate = async (ownerUrl: string): Promise<void> => {
    migrations += 1
    await query(ownerUrl, 'create table dance (figure text); grant select, insert on dance to waggle_app')
  }
  const make = async (): Promise<TestDatabase> => cloneTemplate(cluster, name, migrate)
  const [first, second] = await Promise.all([make(), make()])
  t.equal(migrations, 1)
  await query(first.appUrl, `insert into dance values ('eight')`)
  t.strictSame(await query(first.ownerUrl, 'select figure from dance'), [{ figure: 'eight' }])
  t.strictSame(await query(second.appUrl, 'select figure from dance'), [])
  await t.rejects(query(second.appUrl, 'drop table dance'), { code: '42501' }, 'the app is a plain role')
  await Promise.all([first.drop(), second.drop()])
  await t.rejects(query(first.ownerUrl, 'select'), { code: '3D000' })
})

t.test('a failed migration leaves no template behind', async (t) => {
  const name = `template_that_fails_${process.pid}`
  const fail = (): Promise<void> => Promise.reject(new Error('no such dance'))
  await t.rejects(cloneTemplate(cluster, name, fail), /no such dance/)
  await t.rejects(cloneTemplate(cluster, name, fail), /no such dance/, 'tried again, not cloned')
  await query(cluster.ownerUrl, `drop database ${name}_draft`)
})

t.test('a database that is still in use at its end fails the test, and is gone all the same', async (t) => {
  const database = await cloneTemplate(cluster, 'template1', () => Promise.resolve())
  const leak = new pg.Client({ connectionString: database.ownerUrl })
  leak.on('error', () => undefined)
  await leak.connect()
  await t.rejects(database.drop(), /still open/)
  await t.rejects(query(database.ownerUrl, 'select'), { code: '3D000' })
})

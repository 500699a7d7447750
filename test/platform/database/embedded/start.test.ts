import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import t from 'tap'
import { openDataFolder } from '../../../../src/platform/database/embedded/folder.ts'
import { holdOrJoin } from '../../../../src/platform/database/embedded/hold.ts'
import { newRecord, readLock, rewrite } from '../../../../src/platform/database/embedded/lock.ts'
import { startEmbedded } from '../../../../src/platform/database/embedded/start.ts'
import type { Embedded, Holder } from '../../../../src/platform/database/embedded/start.ts'
import { makeTempFolder } from '../../../helpers/temp-folder.ts'
import { holdElsewhere } from './processes.ts'

const dataDir = join(await makeTempFolder(t), 'data')

/** Starts as `holder`; `said` resolves with the first line logged that matches. */
function begin(
  holder: Holder,
  commandName?: string,
): { embedded: Promise<Embedded>; said: (part: string) => Promise<void> } {
  const lines: string[] = []
  const waiting: { part: string; resolve: () => void }[] = []
  const log = (line: string): void => {
    lines.push(line)
    for (const { part, resolve } of waiting) if (line.includes(part)) resolve()
  }
  const said = (part: string): Promise<void> =>
    new Promise((resolve) => {
      if (lines.some((line) => line.includes(part))) resolve()
      else waiting.push({ part, resolve })
    })
  const named = commandName === undefined ? {} : { commandName }
  return { embedded: startEmbedded({ dataDir, holder, log, ...named }), said }
}

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}

t.test(
  'the first start prepares a durable database that only a Unix socket with a password reaches',
  async (t) => {
    const { embedded, said } = begin('serve')
    const database = await embedded
    await said(`Preparing a database in ${dataDir}`)
    t.ok(database.started)
    const settings = `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
    current_setting('full_page_writes') as pages, current_setting('listen_addresses') as addresses,
    current_setting('data_checksums') as checksums, lower('É') as lower`
    t.strictSame(await query(database.ownerUrl, settings), [
      { fsync: 'on', commit: 'on', pages: 'on', addresses: '', checksums: 'on', lower: 'é' },
    ])
    t.strictSame(
      await query(
        database.appUrl,
        `select rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles
      where rolname = current_user`,
      ),
      [
        {
          rolname: 'waggle_app',
          rolsuper: false,
          rolcreatedb: false,
          rolcreaterole: false,
          rolbypassrls: false,
        },
      ],
    )
    const wrong = database.appUrl.replace(/:[^:@]+@/, ':wrong@')
    await t.rejects(query(wrong, 'select'), { code: '28P01' })
    t.equal((await stat(join(dataDir, 'socket'))).mode & 0o777, 0o700)
    t.equal((await stat(join(dataDir, 'database-access.json'))).mode & 0o777, 0o600)
    await query(database.ownerUrl, 'create table kept as select 1 as one')
    await database.stop()
    await database.stop()
    await t.rejects(query(database.ownerUrl, 'select'), { code: 'ENOENT' })
  },
)

t.test('a later start finds the data of the earlier one', async (t) => {
  const database = await begin('serve').embedded
  t.strictSame(await query(database.ownerUrl, 'select one from kept'), [{ one: 1 }])
  await database.stop()
})

t.test('a second server is refused at once, and told the folder and the process', async (t) => {
  const server = holdElsewhere(t, dataDir, 'serve')
  t.match(await server.nextLine(), { started: true })
  for (const holder of ['serve', 'demo', 'test'] as const) {
    await t.rejects(begin(holder).embedded, {
      name: 'DataFolderHeld',
      pid: server.pid,
      folder: dataDir,
      message: `The data folder ${dataDir} is held by process ${server.pid} (serve).`,
    })
  }
  await server.finish()
})

t.test('a command joins the running database, which waits for it before it stops', async (t) => {
  const server = begin('serve')
  const running = await server.embedded
  const command = await begin('command', 'import').embedded
  t.notOk(command.started)
  t.strictSame(await query(command.appUrl, 'select 1 as one'), [{ one: 1 }])
  const stopping = running.stop()
  await server.said('Waiting for 1 other session')
  t.strictSame(await query(command.ownerUrl, 'select 1 as one'), [{ one: 1 }], 'still served')
  await command.stop()
  await stopping
})

t.test('a command that comes while another closes the database is served all the same', async (t) => {
  const first = await begin('command', 'import').embedded
  t.ok(first.started)
  const { lockFile } = await openDataFolder(dataDir)
  await rewrite(lockFile, { ...(await readLock(lockFile))!, stopping: true })
  const second = begin('command', 'merge')
  await second.said(`Waiting for process ${process.pid} (the command import)`)
  const stopping = first.stop()
  const served = await second.embedded
  t.strictSame(await query(served.ownerUrl, 'select one from kept'), [{ one: 1 }])
  await served.stop()
  await stopping
})

t.test('a server waits for a command to finish, but not for ever', async (t) => {
  const command = await begin('command', 'import').embedded
  const folder = await openDataFolder(dataDir)
  const impatient = holdOrJoin(folder, await newRecord('serve', undefined), {
    patienceMs: 1,
    log: () => undefined,
  })
  await t.rejects(impatient, {
    name: 'DataFolderHeld',
    message: `The data folder ${dataDir} is held by process ${process.pid} (the command import).`,
  })
  const server = begin('serve')
  await server.said(`Waiting for process ${process.pid} (the command import)`)
  await command.stop()
  const running = await server.embedded
  t.ok(running.started)
  await running.stop()
})

t.test('a demo begins with an empty database', async (t) => {
  const demo = await begin('demo').embedded
  t.strictSame(await query(demo.ownerUrl, `select from pg_tables where tablename = 'kept'`), [])
  await demo.stop()
})

t.test('what the database refuses is not written to its log', async (t) => {
  const database = await begin('serve').embedded
  await query(database.ownerUrl, 'create table member (email text unique)')
  const twice = `insert into member values ('ada@example.org'), ('ada@example.org')`
  await t.rejects(query(database.ownerUrl, twice), { code: '23505' })
  await database.stop()
  const log = await readFile(join(dataDir, 'postgres.log'), 'utf8')
  t.match(log, 'shut down')
  t.notMatch(log, 'ada@')
})

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import t from 'tap'
import { findDatabaseUser } from '../../../../src/platform/database/embedded/folder.ts'
import { findProcess } from '../../../../src/platform/database/embedded/process-table.ts'
import { startEmbedded } from '../../../../src/platform/database/embedded/start.ts'
import type { Embedded } from '../../../../src/platform/database/embedded/start.ts'
import { makeTempFolder } from '../../../helpers/temp-folder.ts'
import { holdElsewhere, killHard, makeZombie, postmasterPid, vanished } from './processes.ts'

const dataDir = join(await makeTempFolder(t), 'data')
const pidFile = join(dataDir, 'postgres', 'postmaster.pid')

function start(): Promise<Embedded> {
  return startEmbedded({ dataDir, holder: 'serve', log: () => undefined })
}

async function ask(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ one: number }>('select 1 as one')
  await client.end()
  return rows[0]?.one
}

t.test('PostgreSQL leaves in good order within 5 s when Waggle is killed with -9', async (t) => {
  const server = holdElsewhere(t, dataDir, 'serve')
  t.match(await server.nextLine(), { started: true })
  t.ok(await findProcess(await postmasterPid(dataDir)))
  await killHard(server)
  await vanished(pidFile, 5000)
  t.match(await readFile(join(dataDir, 'postgres.log'), 'utf8'), 'received fast shutdown request')
})

t.test('Ctrl-C reaches Waggle and not PostgreSQL', async (t) => {
  const server = holdElsewhere(t, dataDir, 'serve')
  await server.nextLine()
  process.kill(-server.pid, 'SIGINT')
  t.match(await server.nextLine(), { one: 1 })
  await server.finish()
})

t.test('of several that start at once after a kill -9, one wins and the others name it', async (t) => {
  const killed = holdElsewhere(t, dataDir, 'serve')
  await killed.nextLine()
  await killHard(killed)
  const racers = [1, 2, 3].map(() => holdElsewhere(t, dataDir, 'serve'))
  const told = await Promise.all(racers.map((racer) => racer.nextLine()))
  const winners = racers.filter((_, index) => told[index]?.started === true)
  t.equal(winners.length, 1)
  const refused = told.filter((line) => line.started !== true)
  for (const line of refused) {
    t.match(line, { error: 'DataFolderHeld', message: `process ${winners[0]?.pid ?? 0} (serve)` })
  }
  await winners[0]?.finish()
})

t.test('the death of PostgreSQL alone is told, and the next start recovers', async (t) => {
  const database = await start()
  process.kill(await postmasterPid(dataDir), 'SIGKILL')
  t.match(await database.lost, 'stopped by itself')
  await database.stop()
  const next = await start()
  t.equal(await ask(next.appUrl), 1)
  await next.stop()
})

t.test(
  'the lock file of a zombie PostgreSQL blocks nothing',
  { skip: process.platform !== 'linux' },
  async (t) => {
    const database = await start()
    process.kill(await postmasterPid(dataDir), 'SIGKILL')
    await database.lost
    await database.stop()
    const user = await findDatabaseUser(join(dataDir, 'postgres'))
    const zombie = await makeZombie(t, user.spawn)
    await writeFile(pidFile, (await readFile(pidFile, 'utf8')).replace(/^\d+/, String(zombie)))
    const next = await start()
    t.equal(await ask(next.appUrl), 1)
    await next.stop()
  },
)

t.test('a PostgreSQL that outlived both Waggle and its watcher is asked to leave', async (t) => {
  const database = await start()
  const orphan = await postmasterPid(dataDir)
  // Its lock gone, the folder looks as if its Waggle had died; the watcher waits for this very process, which lives.
  await writeFile(join(dataDir, 'database.lock'), '')
  const next = await start()
  t.match(await database.lost, 'stopped by itself')
  t.equal(await findProcess(orphan), undefined)
  t.equal(await ask(next.appUrl), 1)
  await next.stop()
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { claim, newRecord, readLock, release } from '../../../../src/platform/database/embedded/lock.ts'
import type { LockRecord } from '../../../../src/platform/database/embedded/lock.ts'
import { findByPs, findProcess } from '../../../../src/platform/database/embedded/process-table.ts'
import { makeTempFolder } from '../../../helpers/temp-folder.ts'
import { makeZombie } from './processes.ts'

const linuxOnly = process.platform !== 'linux' && 'needs /proc'

async function endedPid(): Promise<number> {
  const child = spawn('true')
  await once(child, 'exit')
  return child.pid ?? 0
}

async function deadRecord(nonce: string): Promise<LockRecord> {
  return { ...(await newRecord('serve', undefined)), pid: await endedPid(), nonce }
}

async function makeLockFile(test: { teardown(fn: () => unknown): void }): Promise<string> {
  return join(await makeTempFolder(test), 'lock')
}

t.test('a second claim is told who holds the lock, until that one releases it', async (t) => {
  const file = await makeLockFile(t)
  const first = await newRecord('command', 'import')
  const second = await newRecord('serve', undefined)
  t.equal(await claim(file, first), first)
  t.strictSame(await claim(file, second), first)
  await release(file)
  t.equal(await claim(file, second), second)
})

t.test(
  'exactly one of many who race for the lock of a dead process gets it, and no litter stays',
  async (t) => {
    const file = await makeLockFile(t)
    for (let round = 0; round < 5; round += 1) {
      await writeFile(file, JSON.stringify(await deadRecord(`dead${round}`)))
      const racers = await Promise.all(Array.from({ length: 20 }, () => newRecord('serve', undefined)))
      const results = await Promise.all(racers.map((racer) => claim(file, racer)))
      const winners = racers.filter((racer, index) => results[index] === racer)
      t.equal(winners.length, 1)
      t.strictSame(await readLock(file), winners[0])
    }
    t.strictSame(await readdir(join(file, '..')), ['lock'])
  },
)

t.test('a process that was killed while it replaced a dead lock blocks nobody', async (t) => {
  const file = await makeLockFile(t)
  await writeFile(file, JSON.stringify(await deadRecord('first')))
  await writeFile(`${file}.first`, JSON.stringify(await deadRecord('second')))
  const record = await newRecord('serve', undefined)
  t.equal(await claim(file, record), record)
})

t.test('while a living process replaces a dead lock, nobody else touches it', async (t) => {
  const file = await makeLockFile(t)
  const replacing = await newRecord('serve', undefined)
  await writeFile(file, JSON.stringify(await deadRecord('first')))
  await writeFile(`${file}.first`, JSON.stringify(replacing))
  const late = claim(file, await newRecord('serve', undefined))
  await writeFile(file, JSON.stringify(replacing))
  t.strictSame(await late, replacing)
})

t.test('a process that got the id of the dead holder is not taken for it', async (t) => {
  const file = await makeLockFile(t)
  const record = await newRecord('serve', undefined)
  await writeFile(file, JSON.stringify({ ...record, startedAt: 'another time', nonce: 'old' }))
  t.equal(await claim(file, record), record)
})

t.test('a lock file that a power cut left torn is replaced', async (t) => {
  const file = await makeLockFile(t)
  await writeFile(file, '')
  const record = await newRecord('serve', undefined)
  t.equal(await claim(file, record), record)
  t.match(await readFile(file, 'utf8'), record.nonce)
})

t.test('a zombie holds nothing', { skip: linuxOnly }, async (t) => {
  const file = await makeLockFile(t)
  const pid = await makeZombie(t, {})
  const record = await newRecord('serve', undefined)
  await writeFile(file, JSON.stringify({ ...record, pid, nonce: 'zombie' }))
  t.equal(await claim(file, record), record)
  t.equal(await findProcess(pid), undefined)
  t.equal(await findByPs(pid), undefined, 'by ps neither')
})

t.test('a living process has a start and a command line, from /proc as from ps', async (t) => {
  for (const find of [findProcess, findByPs]) {
    const found = await find(process.pid)
    t.match(found?.command, process.argv[1])
    t.ok(found?.startedAt)
    t.strictSame(await find(process.pid), found, 'the same when asked again')
  }
  t.equal(await findByPs(await endedPid()), undefined)
})

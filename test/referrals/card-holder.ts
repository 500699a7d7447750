import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Teardown } from '../helpers/temp-folder.ts'

const program = `
  import pg from 'pg'
  const client = new pg.Client({ connectionString: process.env.CARD_URL })
  await client.connect()
  await client.query('begin')
  await client.query('select from referrals where id = $1 for update', [process.env.CARD_ID])
  console.log('held')
  setInterval(() => undefined, 1000)`

/** A process of its own that has the cards of a referral in its hands, in a transaction, until it is killed. */
export const holdCard = async (t: Teardown, url: string, uuid: string): Promise<{ kill(): void }> => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, CARD_URL: url, CARD_ID: uuid },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const kill = () => void child.kill('SIGKILL')
  t.teardown(async () => {
    kill()
    await ended
  })
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('the worker has ended'))),
  ])
  return { kill }
}

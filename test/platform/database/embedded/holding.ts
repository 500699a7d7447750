import { once } from 'node:events'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { startEmbedded } from '../../../../src/platform/database/embedded/start.ts'
import type { Holder } from '../../../../src/platform/database/embedded/start.ts'

/**
 * A program for the tests: holds the data folder given to it until its standard input ends. It prints one line of JSON
 * when it is up, or when it failed; on SIGINT (Ctrl-C) it shows that its database still answers.
 */
const [, , dataDir = '', holder = 'serve'] = process.argv

try {
  const database = await startEmbedded({ dataDir, holder: holder as Holder, log: () => undefined })
  process.on('SIGINT', () => void answer(database.ownerUrl))
  print({ started: database.started, ownerUrl: database.ownerUrl })
  await once(createInterface(process.stdin), 'close')
  await database.stop()
} catch (error) {
  print({ error: (error as Error).name, message: (error as Error).message })
  process.exitCode = 1
}

async function answer(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query<{ one: number }>('select 1 as one')
  await client.end()
  print({ one: rows[0]?.one })
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

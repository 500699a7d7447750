import { readConfig } from '../config.ts'
import { openRuntime } from './runtime.ts'

/** Brings the database up to date, as every start does too. */
export const migrate = async (): Promise<void> => {
  const log = (line: string) => process.stderr.write(`${line}\n`)
  const runtime = await openRuntime(readConfig(), { holder: 'command', commandName: 'migrate', log })
  await runtime.close()
  log('The database is up to date.')
}

import { writeFile } from 'node:fs/promises'
import { buildApp } from '../app.ts'
import { systemClock } from '../platform/clock.ts'
import { openDatabase } from '../platform/database/pool.ts'
import { errorsPage } from '../platform/remedies.ts'
import { loadKeys, makeKeys } from '../platform/keys.ts'
import { standardInstallation } from '../platform/installation.ts'
import { standardPolicy } from '../platform/policy.ts'
import { lifecyclePage } from './lifecycle-page.ts'

const contractFile = 'openapi/openapi.json'
const errorsFile = 'docs/errors.md'
const lifecycleFile = 'docs/lifecycle.md'

/** Prints the contract, or writes it to its file, with the pages that are made of the code. It needs no database: nothing connects before a request comes. */
export const openapi = async ({ stdout }: { stdout?: boolean }): Promise<void> => {
  const db = openDatabase({ url: 'postgresql://nowhere/waggle', onError: () => undefined })
  const app = await buildApp({
    db,
    clock: systemClock,
    keys: loadKeys(makeKeys()),
    policy: standardPolicy,
    installation: standardInstallation,
    baseUrl: 'https://waggle.example',
  })
  await app.ready()
  const text = `${JSON.stringify(app.swagger(), null, 2)}\n`
  await app.close()
  await db.close()
  if (stdout) process.stdout.write(text)
  else {
    await writeFile(contractFile, text)
    await writeFile(errorsFile, errorsPage())
    await writeFile(lifecycleFile, lifecyclePage())
    process.stderr.write(`${[contractFile, errorsFile, lifecycleFile].join(', ')} are written.\n`)
  }
}

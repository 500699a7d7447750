import { createServer } from 'node:net'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { migrate } from '../../src/platform/database/migrate.ts'
import { testStart } from '../helpers/app.ts'
import { createTestDatabase } from '../helpers/database.ts'
import { makeTempFolder } from '../helpers/temp-folder.ts'
import { run, startServer } from './server.ts'

const baseUrl = 'https://waggle.test'

/** A start that is refused: its one story on standard error, without a stack. */
const refusal = async (t: Test, env: Record<string, string>): Promise<string> => {
  const { code, stderr } = await run(t, 'serve', env).ended
  t.equal(code, 1)
  t.notMatch(stderr, /^ +at /m)
  return stderr
}

t.test('every fault of the environment is named at once, and no password', async (t) => {
  const stderr = await refusal(t, {
    PORT: 'eighty',
    DATABASE_URL: 'mysql://waggle:hunter2@db/waggle',
    WAGGLE_BASE_URL: 'waggle.example/',
    SMTP_URL: 'mail.example',
  })
  for (const name of ['PORT', 'DATABASE_URL', 'WAGGLE_BASE_URL', 'SMTP_URL']) {
    t.match(stderr, new RegExp(`^  ${name} `, 'm'))
  }
  t.notMatch(stderr, 'hunter2')
})

t.test(
  'with DATABASE_URL the keys and the base URL must be given; the refusal says how keys are made',
  async (t) => {
    const stderr = await refusal(t, { PORT: '0', DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nowhere' })
    t.match(stderr, 'WAGGLE_BASE_URL')
    t.match(stderr, /WAGGLE_KEYS.*waggle -- make-keys/)
  },
)

t.test('keys that cannot be used are refused without being shown', async (t) => {
  const given = {
    PORT: '0',
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nowhere',
    WAGGLE_BASE_URL: baseUrl,
  }
  t.match(await refusal(t, { ...given, WAGGLE_KEYS: 'file:no-such-keys.json' }), 'no-such-keys.json')
  const stderr = await refusal(t, { ...given, WAGGLE_KEYS: '{"sign":[],"link":"c2VjcmV0"}' })
  t.match(stderr, /^ {2}sign /m)
  t.notMatch(stderr, 'c2VjcmV0')
})

t.test('a database that cannot be reached is told in one line, without the password', async (t) => {
  const WAGGLE_KEYS = await printedKeys(t)
  const DATABASE_URL = 'postgresql://nobody:hunter2@127.0.0.1:1/nowhere'
  const stderr = await refusal(t, { PORT: '0', DATABASE_URL, WAGGLE_BASE_URL: baseUrl, WAGGLE_KEYS })
  t.match(stderr, /^The database does not answer.*ECONNREFUSED/)
  t.notMatch(stderr, 'hunter2')
})

t.test('a port that is taken is told before a database is made', async (t) => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  t.teardown(() => taken.close())
  const { port } = taken.address() as { port: number }
  const dataDir = join(await makeTempFolder(t), 'data')
  const stderr = await refusal(t, { PORT: String(port), WAGGLE_DATA_DIR: dataDir })
  t.equal(stderr, `Port ${String(port)} of 127.0.0.1 is taken: set PORT to another one.`)
})

t.test('what make-keys prints is taken by WAGGLE_KEYS, inline and as a file', async (t) => {
  const { ownerUrl, appUrl } = await createTestDatabase(t, { migrate: (url) => migrate(url, testStart) })
  const keys = await printedKeys(t)
  const file = join(await makeTempFolder(t), 'keys.json')
  await writeFile(file, keys)
  const env = { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, WAGGLE_BASE_URL: baseUrl }
  const nodes = await Promise.all(
    [keys, `file:${file}`].map((WAGGLE_KEYS) => startServer(t, { ...env, WAGGLE_KEYS })),
  )
  const published = await Promise.all(nodes.map((node) => node.ask('/.well-known/jwks.json')))
  t.strictSame(published[0]?.body, published[1]?.body)
  const kid = (JSON.parse(keys) as { sign: { kid: string }[] }).sign[0]?.kid
  t.match(published[0]?.body, { keys: [{ kid, d: undefined }] })
  t.match(nodes[0]?.stderr.join('\n'), `Waggle is at ${baseUrl}`)
})

const printedKeys = async (t: Test): Promise<string> => {
  const program = run(t, 'make-keys', {})
  t.match(await program.ended, { code: 0, stderr: '' })
  return program.stdout.join('\n')
}

t.test('whoever stops reading what a command prints breaks nothing', async (t) => {
  const { child, ended } = run(t, '--help', {})
  child.stdout?.destroy()
  t.strictSame(await ended, { code: 0, signal: null, stderr: '' })
})

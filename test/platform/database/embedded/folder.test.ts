import { chmod, cp, lstat, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import t from 'tap'
import { findNative, prepareBinaries } from '../../../../src/platform/database/embedded/binaries.ts'
import { EmbeddedUnavailable } from '../../../../src/platform/database/embedded/errors.ts'
import { findDatabaseUser, openDataFolder } from '../../../../src/platform/database/embedded/folder.ts'
import { makeSocketFolder } from '../../../../src/platform/database/embedded/socket.ts'
import { startEmbedded } from '../../../../src/platform/database/embedded/start.ts'
import { makeTempFolder } from '../../../helpers/temp-folder.ts'

const asRoot = process.getuid?.() === 0
const silent = (): void => undefined

t.test('a platform without binaries is told to set DATABASE_URL', async (t) => {
  t.throws(() => findNative('win32', 'x64'), {
    name: 'EmbeddedUnavailable',
    message: /win32 x64.*DATABASE_URL/,
  })
})

t.test('a system without the GNU C library is told to set DATABASE_URL', async (t) => {
  const native = join(await makeTempFolder(t), 'native')
  await mkdir(join(native, 'bin'), { recursive: true })
  await writeFile(join(native, 'pg-symlinks.json'), '[]')
  await writeFile(join(native, 'bin', 'postgres'), '#!/no/such/loader\n', { mode: 0o755 })
  const user = await findDatabaseUser(native)
  await t.rejects(prepareBinaries(native, native, user), {
    name: 'EmbeddedUnavailable',
    message: /GNU C library.*DATABASE_URL/,
  })
})

t.test('binaries that cannot be used where they lie are copied, by two at once too', async (t) => {
  const folder = await makeTempFolder(t)
  // Closed to others, as the home of root is; not to be written to; without the links of the install script.
  const closed = join(folder, 'closed')
  const native = join(closed, 'native')
  const library = join(native, 'lib')
  await cp(dirname(findNative()), closed, {
    recursive: true,
    filter: async (source) => !(await isLink(source)),
  })
  await rm(join(library, 'libpq.so.5'), { force: true })
  await chmod(library, 0o555)
  await chmod(closed, 0o700)
  t.teardown(() => chmod(library, 0o755))
  const user = await findDatabaseUser(folder)
  const both = await Promise.all([
    prepareBinaries(native, folder, user),
    prepareBinaries(native, folder, user),
  ])
  t.match(both[0].bin, `${folder}/postgres-binaries-`)
  t.strictSame(both[0], both[1])
  t.equal(both[0].major, '18')
  t.equal((await readdir(folder)).length, 2, 'no draft stays')
})

t.test('a data folder that the database cannot use is named in one sentence', async (t) => {
  const folder = await makeTempFolder(t)
  const closed = join(folder, 'closed')
  await mkdir(closed)
  await chmod(closed, asRoot ? 0o700 : 0o500)
  const start = startEmbedded({ dataDir: join(closed, 'data'), holder: 'test', log: silent })
  await t.rejects(start, { name: 'EmbeddedUnavailable', message: new RegExp(`${closed}.*WAGGLE_DATA_DIR`) })
})

t.test('a database made by another PostgreSQL is refused, and the folder let go', async (t) => {
  const dataDir = await makeTempFolder(t)
  const { pgdata, accessFile } = await openDataFolder(dataDir)
  await mkdir(pgdata)
  await writeFile(join(pgdata, 'PG_VERSION'), '17\n')
  await writeFile(accessFile, JSON.stringify({ ownerPassword: 'a', appPassword: 'b', socketFolder: '/c' }))
  const start = (): Promise<unknown> => startEmbedded({ dataDir, holder: 'test', log: silent })
  const refusal = { name: 'EmbeddedUnavailable', message: /PostgreSQL 17.*PostgreSQL 18/ }
  await t.rejects(start(), refusal)
  await t.rejects(start(), refusal)
})

t.test('a database whose passwords are lost is refused, not replaced', async (t) => {
  const dataDir = await makeTempFolder(t)
  const { pgdata } = await openDataFolder(dataDir)
  await mkdir(pgdata)
  await writeFile(join(pgdata, 'PG_VERSION'), '18\n')
  const start = startEmbedded({ dataDir, holder: 'test', log: silent })
  await t.rejects(start, EmbeddedUnavailable)
  t.strictSame(await readdir(pgdata), ['PG_VERSION'])
})

t.test(
  'the socket folder is closed to others, and leaves the data folder when its path is too long',
  async (t) => {
    const short = await openDataFolder(await makeTempFolder(t))
    const long = await openDataFolder(join(await makeTempFolder(t), 'x'.repeat(100)))
    const user = await findDatabaseUser(short.pgdata)
    const near = await makeSocketFolder(short, undefined, user)
    const far = await makeSocketFolder(long, undefined, user)
    t.teardown(() => rm(far, { recursive: true }))
    t.equal(near, short.socket)
    t.notMatch(far, long.root)
    t.equal(await makeSocketFolder(long, far, user), far, 'a second start uses the same')
    for (const folder of [near, far]) {
      const found = await stat(folder)
      t.equal(found.mode & 0o777, 0o700)
      t.equal(found.uid, user.uid)
    }
  },
)

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path)).isSymbolicLink()
}

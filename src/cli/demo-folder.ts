import { createHash } from 'node:crypto'
import { lstat, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ConfigFault } from '../config.ts'
import { EmbeddedUnavailable } from '../platform/database/embedded/errors.ts'
import {
  assertEnterable,
  findDatabaseUser,
  openDataFolder,
  type DataFolder,
} from '../platform/database/embedded/folder.ts'

/** Tells a demo's folder from one that holds what somebody wants to keep. */
const marker = 'DEMO.txt'
const markerText = 'This folder belongs to `npm run demo`, which empties its database at every start.\n'

/**
 * The folder of the demo, marked as such: `wanted`, or, where the database may not go (under root, below a home that
 * is closed), one in the temporary folder. @returns its path
 */
export const openDemoFolder = async (wanted: string, say: (line: string) => void): Promise<string> => {
  const folder = await openUsable(wanted).catch(async (error: unknown) => {
    if (!(error instanceof EmbeddedUnavailable)) throw error
    const other = await openTemporary(wanted)
    say(`The database cannot work in ${resolve(wanted)}; this demo lives in ${other.root}.`)
    return other
  })
  if ((await isThere(folder.pgdata)) && !(await isDemoFolder(folder.root))) {
    throw new ConfigFault(
      `The folder ${folder.root} holds a database that no demo made: set WAGGLE_DATA_DIR to another one.`,
    )
  }
  await writeFile(join(folder.root, marker), markerText)
  return folder.root
}

/** @throws ConfigFault for the folder of a demo: what is served from it would be gone with the next demo */
export const refuseDemoFolder = async (dataDir: string): Promise<void> => {
  if (!(await isDemoFolder(dataDir))) return
  throw new ConfigFault(
    `The folder ${dataDir} belongs to the demo, which empties it at every start: set WAGGLE_DATA_DIR to another one.`,
  )
}

const openUsable = async (path: string): Promise<DataFolder> => {
  const folder = await openDataFolder(path)
  const user = await findDatabaseUser(folder.pgdata)
  if (user.spawn.uid !== undefined) await assertEnterable(folder.root, user)
  return folder
}

/** The same one for the same wish, so that runs do not pile up. Others may write beside it, so it must be our own. */
const openTemporary = async (wanted: string): Promise<DataFolder> => {
  const name = createHash('sha256').update(resolve(wanted)).digest('hex').slice(0, 8)
  const path = join(tmpdir(), `waggle-demo-${name}`)
  const folder = await openUsable(path)
  const found = await lstat(path)
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new EmbeddedUnavailable(`The folder ${path} is not ours: set WAGGLE_DATA_DIR to another folder.`)
  }
  return folder
}

const isDemoFolder = (folder: string) => isThere(join(folder, marker))

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

import { randomUUID } from 'node:crypto'
import { link, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigFault, parseKeys, type Config } from '../config.ts'
import { loadKeys, makeKeys, type KeyFile, type Keys } from '../platform/keys.ts'

export const howToMakeKeys =
  'make them once with `npm run -s waggle -- make-keys > waggle-keys.json`, and start with WAGGLE_KEYS=file:waggle-keys.json'

/**
 * The keys of this installation: from WAGGLE_KEYS, or, with the embedded database, from the data folder, where they are
 * made once. @throws ConfigFault that says what is wrong with WAGGLE_KEYS
 */
export const findKeys = async (config: Config): Promise<Keys> => {
  if (config.keys !== null) return loadKeys(parseKeys(await textOf(config.keys)))
  const file = join(config.dataDir, 'keys.json')
  await makeOnce(file)
  return loadKeys(parseKeys(await readFile(file, 'utf8')))
}

const textOf = async (setting: string): Promise<string> => {
  if (!setting.startsWith('file:')) return setting
  const path = setting.slice('file:'.length)
  return readFile(path, 'utf8').catch(() => {
    throw new ConfigFault(`WAGGLE_KEYS names the file ${path}, which cannot be read`)
  })
}

/** The keys of a file that is named on the command line. @throws ConfigFault that says what is wrong with it */
export const readKeyFile = async (path: string): Promise<KeyFile> => {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new ConfigFault(`The file ${path} cannot be read`)
  })
  return parseKeys(text)
}

/** Written whole under another name first, so that a start that is killed, or two at once, never leave half of it. */
const makeOnce = async (file: string) => {
  const fresh = `${file}.${randomUUID()}`
  await writeFile(fresh, `${JSON.stringify(makeKeys(), null, 2)}\n`, { mode: 0o600 })
  try {
    await link(fresh, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await unlink(fresh)
  }
}

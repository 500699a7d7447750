import { ConfigFault } from '../config.ts'
import { makeKeys, withNewestOnStandby, withNewSealKey, type KeyFile } from '../platform/keys.ts'
import { readKeyFile } from './keys.ts'

/** Prints a key file on standard output: new keys, or those of a file as the next step of a rotation wants them. */
export const printKeys = async ({
  rotate,
  standby,
}: {
  rotate?: string
  standby?: string
}): Promise<void> => {
  if (rotate !== undefined && standby !== undefined)
    throw new ConfigFault('--rotate and --standby are two steps.')
  process.stdout.write(`${JSON.stringify(await keysFor(rotate, standby))}\n`)
}

const keysFor = async (rotate: string | undefined, standby: string | undefined): Promise<KeyFile> => {
  if (rotate !== undefined) return withNewSealKey(await readKeyFile(rotate))
  if (standby === undefined) return makeKeys()
  const keys = await readKeyFile(standby)
  if (Object.keys(keys.seal).length < 2)
    throw new ConfigFault(`${standby} holds one sealing key: it has to seal.`)
  return withNewestOnStandby(keys)
}

import type { Ctx } from '../platform/context.ts'
import type { KeySet } from './contract.ts'
import { publicKeys } from './signing-keys.ts'

/** The keys that verify tokens, the one that signs at present first (RFC 7517). */
export const getJwks = ({ keys }: Ctx): KeySet => ({ keys: publicKeys(keys) })

import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { signIns } from '../../db/schema/access.ts'
import { instant, minute } from '../platform/clock.ts'
import type { Ctx, Deps } from '../platform/context.ts'
import { carry, type WriteTx } from '../platform/database/door.ts'
import { rowsOf, writeStatement } from '../platform/database/statements.ts'
import { newId, toUuid, type Id } from '../platform/ids.ts'
import { browserHash, signInHash } from './sign-in-token.ts'

const challengeLives = 5 * minute

interface Asked {
  readonly kind: 'passkey' | 'passkey_registration'
  /** The token in the cookie of the browser. */
  readonly browser: string
  /** Whose passkey it is to become. */
  readonly managerId: Id<'manager'> | null
  readonly returnTo: string | null
}

/** A challenge for an authenticator (WebAuthn §13.4.3): random, good for five minutes, once, in this browser. */
export const newChallenge = async (ctx: Ctx, tx: WriteTx, { browser, ...asked }: Asked) => {
  const now = ctx.clock.now()
  const id = newId('signIn', now)
  const challenge = randomBytes(32).toString('base64url')
  const row = {
    ...asked,
    id,
    tokenHash: signInHash(challenge),
    browserHash: browserHash(browser),
    emailHash: null,
    data: null,
    createdAt: tx.now,
    expiresAt: instant(now + challengeLives),
    usedAt: null,
  }
  await tx.insert(rowsOf(signIns, [row]))
  return { id, challenge: Buffer.from(challenge, 'base64url') }
}

const useChallenge = writeStatement<{ return_to: string | null }>(
  'useChallenge',
  `update sign_ins set used_at = $5
   where token_hash = $1 and browser_hash = $2 and kind = $3 and manager_id is not distinct from $4
     and used_at is null and expires_at > $5
   returning return_to`,
)

const clientData = z.object({ challenge: z.base64url().max(100) })

/** What an authenticator has answered, as far as it must be read before it can be verified (WebAuthn §5.8.1). */
export const challengeIn = (clientDataJSON: string): string | null => {
  try {
    const text = Buffer.from(clientDataJSON, 'base64url').toString()
    return clientData.safeParse(JSON.parse(text)).data?.challenge ?? null
  } catch {
    return null
  }
}

/**
 * Uses a challenge up, whatever becomes of the answer to it.
 * @returns null for one that is unknown, used, over, or of another browser, person or purpose
 */
export const spendChallenge = (
  deps: Pick<Deps, 'db' | 'clock'>,
  challenge: string,
  { kind, browser, managerId }: Omit<Asked, 'returnTo'>,
): Promise<{ readonly returnTo: string | null } | null> =>
  carry(deps, async (tx) => {
    const person = managerId === null ? null : toUuid(managerId)
    const values = [signInHash(challenge), browserHash(browser), kind, person, tx.now]
    const [spent] = await tx.write(useChallenge, values)
    return spent ? { returnTo: spent.return_to } : null
  })

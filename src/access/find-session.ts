import { eq } from 'drizzle-orm'
import { managers, sessions } from '../../db/schema/access.ts'
import { millisOf, minute } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import { carry, readUnscoped, type ReadTx } from '../platform/database/door.ts'
import { arg, statement, writeStatement } from '../platform/database/statements.ts'
import { toUuid, type Id } from '../platform/ids.ts'
import { scopesOf } from '../platform/permissions.ts'
import { actingManager, type ManagerActor } from './acting-manager.ts'
import { identityOf, type Identity } from './manager-identity.ts'
import { placesOf, type Place } from './places.ts'
import { isAlive } from './session-life.ts'
import { formTokenOf, sessionHash } from './session-token.ts'

/** Somebody who is signed in, and as whom the pages act. */
export interface SignedIn {
  readonly sessionId: Id<'session'>
  /** RFC 3339. */
  readonly signedInAt: string
  readonly identity: Identity
  readonly isSteward: boolean
  readonly places: readonly Place[]
  /** For the place that the session shows; a guest where there is none. */
  readonly actor: ManagerActor
  /** What every form of this session carries. */
  readonly formToken: string
}

const sessionByHash = statement('sessionByHash', (db) =>
  db
    .select({ session: sessions, identity: managers.identity, isSteward: managers.isSteward })
    .from(sessions)
    .innerJoin(managers, eq(managers.id, sessions.managerId))
    .where(eq(sessions.tokenHash, arg(sessions.tokenHash, 'tokenHash'))),
)

/**
 * Who comes with this token in the cookie. Read anew for each page: a session that was ended, and a role that was taken
 * away, are over at once.
 * @returns null for a token that is unknown, and a session that is ended, over or idle for too long
 */
export const findSession = async (deps: Deps, token: string): Promise<SignedIn | null> => {
  const found = await readUnscoped(deps, (tx) => readSession(deps, tx, sessionHash(token)))
  if (!found) return null
  await noteSeen(deps, found.session)
  return found.signedIn
}

const readSession = async (deps: Deps, tx: ReadTx, tokenHash: Buffer) => {
  const [row] = await tx.run(sessionByHash, { tokenHash })
  if (!row || !isAlive(row.session, deps.policy, deps.clock.now())) return null
  const { session, isSteward } = row
  const id = session.managerId
  const places = await placesOf(tx, id)
  const signedIn: SignedIn = {
    sessionId: session.id,
    signedInAt: session.createdAt,
    identity: identityOf(deps, { id, identity: row.identity }),
    isSteward,
    places,
    actor: (await actingManager(tx, id, placeShown(session.spaceRef, places, isSteward))) ?? guest(id),
    formToken: formTokenOf(deps.keys.link, tokenHash),
  }
  return { session, signedIn }
}

/** The chosen space while one belongs to it; else the steward's desk, else the first space. */
const placeShown = (chosen: Id<'space'> | null, places: readonly Place[], isSteward: boolean) => {
  if (chosen !== null && places.some(({ spaceId }) => spaceId === chosen)) return chosen
  return isSteward ? null : (places[0]?.spaceId ?? null)
}

const guest = (id: Id<'manager'>): ManagerActor => ({
  kind: 'manager',
  id,
  role: 'guest',
  spaceId: null,
  scopes: new Set<string>(scopesOf('guest')),
  standing: null,
})

/** Near enough to tell idle ones and to show; a write for every page would be dear. */
const seenEvery = 5 * minute

const markSeen = writeStatement(
  'markSessionSeen',
  'update sessions set last_seen_at = $2 where id = $1 and last_seen_at < $2',
)

const noteSeen = async (deps: Deps, session: { id: Id<'session'>; lastSeenAt: string }): Promise<void> => {
  if (deps.clock.now() - millisOf(session.lastSeenAt) < seenEvery) return
  await carry(deps, (tx) => tx.write(markSeen, [toUuid(session.id), tx.now]))
}

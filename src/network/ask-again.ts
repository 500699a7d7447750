import { and, eq, isNotNull, type SQL } from 'drizzle-orm'
import { spaceManagers } from '../../db/schema/access.ts'
import { applications } from '../../db/schema/network.ts'
import { spaces } from '../../db/schema/spaces.ts'
import type { ReadTx, WriteTx } from '../platform/database/door.ts'
import { Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { fold } from '../spaces/fold.ts'
import { mergePatch } from '../spaces/merge-patch.ts'
import { profileColumns, profileOf, type Profile } from '../spaces/profile.ts'
import { overwriteSpace } from '../spaces/write-space.ts'
import { isDecidable, lockSpace } from './application-decision.ts'

/** Somebody asks for a space that they own: once more after a rejection, or because two mails came. */

const ownSpaces = (tx: ReadTx, managerId: Id<'manager'>, which?: SQL) =>
  tx.db
    .select({ id: spaces.id, name: spaces.name, city: spaces.city, countryCode: spaces.countryCode })
    .from(spaceManagers)
    .innerJoin(spaces, eq(spaces.id, spaceManagers.spaceId))
    .where(
      and(
        eq(spaceManagers.managerId, managerId),
        eq(spaceManagers.role, 'owner'),
        isNotNull(spaceManagers.acceptedAt),
        which,
      ),
    )

export const ownsSpace = async (
  tx: ReadTx,
  managerId: Id<'manager'>,
  spaceId: Id<'space'>,
): Promise<boolean> => (await ownSpaces(tx, managerId, eq(spaces.id, spaceId))).length > 0

/** The space of that name in that city that the person owns already: people press twice, and tell the same twice. */
export const ownSpaceLike = async (
  tx: ReadTx,
  managerId: Id<'manager'>,
  profile: Pick<Profile, 'name' | 'city' | 'countryCode'>,
): Promise<Id<'space'> | null> => {
  const key = keyOf(profile)
  return (await ownSpaces(tx, managerId)).find((own) => keyOf(own) === key)?.id ?? null
}

const keyOf = ({ name, city, countryCode }: Pick<Profile, 'name' | 'city' | 'countryCode'>): string =>
  [name, city, countryCode].map(fold).join('\n')

/** @throws Problem `wrong_standing` when an application of those for the space is there */
export const requireNoneWaits = async (
  tx: ReadTx,
  spaceId: Id<'space'>,
  which: SQL | undefined,
): Promise<void> => {
  const [waiting] = await tx.db
    .select({ name: spaces.name })
    .from(applications)
    .innerJoin(spaces, eq(spaces.id, applications.spaceRef))
    .where(and(eq(applications.spaceRef, spaceId), which))
    .limit(1)
  if (waiting) throw new Problem('wrong_standing', `Your application for ${waiting.name} waits already.`)
}

/**
 * The space waits for the network once more, and says what is said of it now.
 * @throws Problem `wrong_standing` when it waits already, or has been taken in
 */
export const askAgain = async (
  tx: WriteTx,
  spaceId: Id<'space'>,
  { background, challenge }: Pick<typeof applications.$inferSelect, 'background' | 'challenge'>,
  profile: Partial<Profile> = {},
): Promise<void> => {
  await lockSpace(tx, spaceId)
  await requireNoneWaits(tx, spaceId, isDecidable)
  const [before] = await tx.db.select().from(spaces).where(eq(spaces.id, spaceId))
  if (!before) throw new Error('A space that is owned is not there')
  if (before.status !== 'registered' && before.status !== 'rejected')
    throw new Problem('wrong_standing', `You act for ${before.name} already.`)
  await overwriteSpace(tx, before, {
    ...before,
    ...profileColumns(mergePatch(profileOf(before), profile) as Profile),
    status: 'registered',
    background: background ?? before.background,
    challenge: challenge ?? before.challenge,
    version: before.version + 1,
    lastConfirmedAt: tx.now,
    updatedAt: tx.now,
  })
}

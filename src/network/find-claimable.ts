import { and, eq, inArray, or } from 'drizzle-orm'
import { spaces } from '../../db/schema/spaces.ts'
import { ownSpaceOf, type Ctx } from '../platform/context.ts'
import { read } from '../platform/database/door.ts'
import type { Id } from '../platform/ids.ts'
import { prefixQueryOf } from '../spaces/fold.ts'
import { inOrder } from '../spaces/search-statements.ts'

/** A space of the directory that can be asked for: what its owner knows it by. */
interface Listed {
  readonly id: Id<'space'>
  readonly name: string
  readonly street: string | null
  readonly city: string
  readonly countryCode: string
}

export interface ClaimableFound {
  readonly listed: readonly Listed[]
  readonly hasMore: boolean
}

export interface Claimable extends Omit<Listed, 'street'> {
  /** An address at this domain proves a claim. */
  readonly domain: string | null
}

const most = 20

/**
 * The spaces that nobody speaks for yet, by beginnings of words of name and city. Everybody may look: they stand in
 * public directories.
 */
export const findClaimable = (ctx: Ctx, text: string): Promise<ClaimableFound> =>
  read(ctx, 'applications:submit', async (tx) => {
    const words = prefixQueryOf(text)
    if (words === null) return { listed: [], hasMore: false }
    const rows = await inOrder(['status', 'q'])(tx.db).execute({
      status: 'unclaimed',
      words,
      most: most + 1,
    })
    const listed = rows.slice(0, most).map(({ id, name, address, city, countryCode }) => ({
      id,
      name,
      street: address.street ?? null,
      city,
      countryCode,
    }))
    return { listed, hasMore: rows.length > most }
  })

/** One of them, or the caller's own that is not taken in yet: its people may apply again. @returns null for any other */
export const getClaimable = (ctx: Ctx, id: Id<'space'>): Promise<Claimable | null> =>
  read(ctx, 'applications:submit', async (tx) => {
    const { name, city, countryCode, domain, status } = spaces
    const own = ownSpaceOf(ctx.actor)
    const isOwn =
      own === null ? undefined : and(inArray(status, ['registered', 'rejected']), eq(spaces.id, own))
    const [found] = await tx.db
      .select({ id: spaces.id, name, city, countryCode, domain })
      .from(spaces)
      .where(and(eq(spaces.id, id), or(eq(status, 'unclaimed'), isOwn)))
    return found ?? null
  })

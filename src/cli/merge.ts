import { ConfigFault } from '../config.ts'
import { mergeSpaces } from '../importing/merge-spaces.ts'
import { findSpaceByReference, type KnownSpace } from '../network/admit-space.ts'
import { spaceId as spaceIdSchema } from '../platform/contract.ts'
import { readUnscoped } from '../platform/database/door.ts'
import { runCommand } from './command.ts'

/** Decides a possible duplicate: its ids, and what it says beyond the other, go to the space that is kept. */
export const merge = async (duplicate: string, kept: string): Promise<void> => {
  const sentence = await runCommand('merge', async (ctx) => {
    const [from, to] = await readUnscoped(ctx, async (tx) => [
      await findSpaceByReference(tx, duplicate),
      await findSpaceByReference(tx, kept),
    ])
    if (!to) throw new ConfigFault(`There is no space ${kept}.`)
    // The id of a space that was merged before is still known to the audit log.
    const id = from?.id ?? spaceIdSchema.safeParse(duplicate).data
    if (!id)
      throw new ConfigFault(`There is no space ${duplicate}. If it was merged before, nothing is left to do.`)
    return told(await mergeSpaces(ctx, id, to.id), from, to)
  })
  process.stdout.write(`${sentence}\n`)
}

const told = (isNew: boolean, from: KnownSpace | null, to: KnownSpace): string =>
  isNew && from
    ? `${from.name} (${from.slug}) is now part of ${to.name} (${to.slug}): ${to.id}`
    : `They are one already: ${to.name} (${to.slug}), ${to.id}`

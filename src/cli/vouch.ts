import { ConfigFault } from '../config.ts'
import { findSpaceByReference, type KnownSpace } from '../network/admit-space.ts'
import { vouchForSpace, type Vouched } from '../network/vouch.ts'
import type { Ctx } from '../platform/context.ts'
import { addClient, clientLines } from './admit.ts'
import { readUnscoped } from '../platform/database/door.ts'
import { runCommand } from './command.ts'

/** Notes that one space speaks for another, and says what came of it; one that is taken in gets its API client. */
export const vouch = async (reference: string, { by }: { readonly by: string }): Promise<void> => {
  const sentence = await runCommand('vouch', async (ctx) => {
    const [space, voucher] = [await find(ctx, reference), await find(ctx, by)]
    const vouched = await vouchForSpace(ctx, { spaceId: space.id, voucherId: voucher.id })
    const client = vouched.effect === 'admitted' ? clientLines(await addClient(ctx, space)) : []
    return [told(vouched, space, voucher), ...client].join('\n')
  })
  process.stdout.write(`${sentence}\n`)
}

const find = async (ctx: Ctx, reference: string): Promise<KnownSpace> => {
  const space = await readUnscoped(ctx, (tx) => findSpaceByReference(tx, reference))
  if (!space) throw new ConfigFault(`There is no space ${reference}.`)
  return space
}

const told = (
  { effect, count, needed, probationUntil }: Vouched,
  space: KnownSpace,
  voucher: KnownSpace,
): string =>
  ({
    nothing:
      probationUntil === null && space.status === 'admitted'
        ? `${space.name} is established in the network: it needs no vouch.`
        : `${voucher.name}, or a space of the same operator or owner, has vouched for ${space.name} before; nothing is changed.`,
    counted: `${voucher.name} vouches for ${space.name}: ${countInWords(count, needed)}.`,
    admitted: `${space.name} is in the network, on probation until ${probationUntil?.slice(0, 10) ?? ''}: ${space.id}`,
    established: `The probation of ${space.name} is over; the server releases the points that waited for it.`,
  })[effect]

const countInWords = (count: number, needed: number | null): string =>
  needed === null
    ? `${String(count)} so far; in this network the steward admits`
    : `${String(count)} of ${String(needed)} vouches`

import { ConfigFault } from '../config.ts'
import { referralId as referralIdSchema } from '../platform/contract.ts'
import { Problem } from '../platform/errors.ts'
import type { Id } from '../platform/ids.ts'
import { forgetAgain } from '../referrals/erase.ts'
import { runCommand } from './command.ts'

/** Erases again what a restored backup has brought back, one line for each referral. Safe to repeat. */
export const forget = async (referralIds: readonly string[]): Promise<void> => {
  const ids = referralIds.map(checked)
  await runCommand('forget', async (ctx) => {
    for (const id of ids) {
      const did = await forgetAgain(ctx, id).catch((error: unknown) => {
        // Sent after the backup: the restored database never heard of it.
        if (error instanceof Problem && error.code === 'not_found') return null
        throw error
      })
      process.stdout.write(`${id}: ${did === null ? 'not known here' : did ? 'erased' : 'erased before'}\n`)
    }
  })
}

const checked = (text: string): Id<'referral'> => {
  const id = referralIdSchema.safeParse(text)
  if (!id.success) throw new ConfigFault(`${text} is not the id of a referral (ref_…).`)
  return id.data
}

import { makeSteward, removeSteward } from '../access/make-steward.ts'
import { ConfigFault } from '../config.ts'
import { line } from '../platform/contract.ts'
import { Problem } from '../platform/errors.ts'
import { runCommand } from './command.ts'

interface Options {
  readonly name?: string
  readonly remove?: boolean
}

/** Makes a steward, the first one or another, or takes the stewardship away; says how to sign in. */
export const steward = async (email: string, { name, remove }: Options): Promise<void> => {
  if (!/^[^\s<>()[\],;:"\\@]+@[^\s<>()[\],;:"\\@]+$/.test(email) || email.length > 254)
    throw new ConfigFault(`${email} is no e-mail address.`)
  process.stdout.write(`${await (remove ? takeAway(email) : make(email, name))}\n`)
}

const make = async (email: string, name: string | undefined): Promise<string> => {
  const named = line(120).safeParse(name)
  if (!named.success) throw new ConfigFault('Say who it is, in up to 120 characters: --name "Ada Lovelace"')
  const baseUrl = await runCommand('make-steward', async (ctx) => {
    await makeSteward(ctx, { name: named.data.trim().normalize('NFC'), email })
    return ctx.baseUrl
  })
  return `${email} is a steward. To sign in: open ${baseUrl}/sign-in, type this address, and open the link that is mailed to it.`
}

const takeAway = async (email: string): Promise<string> => {
  await runCommand('make-steward', (ctx) => removeSteward(ctx, email)).catch((error: unknown) => {
    throw error instanceof Problem && error.code === 'not_found'
      ? new ConfigFault(`Nobody here has the address ${email}.`)
      : error
  })
  return `${email} is no steward any more.`
}

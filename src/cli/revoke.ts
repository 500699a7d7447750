import { revokeClient } from '../access/revoke-client.ts'
import { ConfigFault } from '../config.ts'
import { Problem } from '../platform/errors.ts'
import { clientId as clientIdSchema } from '../platform/contract.ts'
import { runCommand } from './command.ts'

/** Revokes an API client: no token of it is accepted any more. */
export const revoke = async (clientId: string): Promise<void> => {
  const id = clientIdSchema.safeParse(clientId)
  if (!id.success) throw new ConfigFault(`${clientId} is not the id of a client (cli_…).`)
  await runCommand('revoke', (ctx) => revokeClient(ctx, id.data)).catch((error: unknown) => {
    throw error instanceof Problem && error.code === 'not_found'
      ? new ConfigFault(`There is no client ${clientId}.`)
      : error
  })
  process.stdout.write(`${clientId} is revoked.\n`)
}

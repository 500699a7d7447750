import { readFile } from 'node:fs/promises'
import { createClient, type ClientSecret } from '../access/create-client.ts'
import { scopesFor } from '../access/scopes.ts'
import { ConfigFault } from '../config.ts'
import { admitSpace, findSpaceByReference, type Admitted, type KnownSpace } from '../network/admit-space.ts'
import type { Ctx } from '../platform/context.ts'
import { readUnscoped } from '../platform/database/door.ts'
import { inNfc } from '../platform/text.ts'
import { registerSpace as contract } from '../spaces/contract.ts'
import { registerSpace } from '../spaces/register-space.ts'
import { runCommand } from './command.ts'

interface Options {
  readonly new?: string
  readonly json?: boolean
}

/** Admits a space, registering it first with `--new`, and prints its API client once. */
export const admit = async (reference: string | undefined, options: Options): Promise<void> => {
  if ((reference === undefined) === (options.new === undefined)) {
    throw new ConfigFault(
      'Name one space to admit: an id, a slug or source:externalId, or --new with a profile.',
    )
  }
  const profile = options.new === undefined ? undefined : await readProfile(options.new)
  const { space, ...client } = await runCommand('admit', async (ctx) => {
    const known = profile ? await registerSpace(ctx, profile) : await find(ctx, reference ?? '')
    if (known.status === 'admitted') {
      process.stderr.write(`${known.name} is in the network already; this is a further client of it.\n`)
    }
    const admitted = await admitSpace(ctx, known.id)
    return { space: admitted, ...(await addClient(ctx, admitted)) }
  })
  process.stdout.write(
    options.json ? `${JSON.stringify({ spaceId: space.id, ...client })}\n` : told(space, client),
  )
}

/** An API client with all that a space may do. */
export const addClient = async (ctx: Ctx, { id, name }: KnownSpace): Promise<ClientSecret> => {
  const client = await createClient(ctx, { name, owner: { spaceId: id }, scopes: scopesFor('space') })
  return { clientId: client.clientId, clientSecret: client.clientSecret }
}

const told = (space: Admitted, client: ClientSecret) =>
  [
    `${space.name} is in the network: ${space.id}`,
    ...(space.wasOnProbation
      ? ['Its probation is over; the server releases the points that waited for it.']
      : []),
    ...clientLines(client),
    '',
  ].join('\n')

export const clientLines = ({ clientId, clientSecret }: ClientSecret): string[] => [
  `client id      ${clientId}`,
  `client secret  ${clientSecret}`,
  'The secret is shown this once; Waggle keeps only a hash of it.',
]

const find = async (ctx: Ctx, reference: string): Promise<KnownSpace> => {
  const space = await readUnscoped(ctx, (tx) => findSpaceByReference(tx, reference))
  if (!space) throw new ConfigFault(`There is no space ${reference}.`)
  return space
}

const readProfile = async (path: string) => {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new ConfigFault(`${path} cannot be read.`)
  })
  const parsed = contract.body.safeParse(inNfc(jsonOf(path, text)))
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the profile'}: ${issue.message}`,
  )
  throw new ConfigFault(`${path} is not a profile:\n  ${faults.join('\n  ')}`)
}

const jsonOf = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new ConfigFault(`${path} is not JSON.`)
  }
}

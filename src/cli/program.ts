import { Argument, Command, CommanderError } from 'commander'
import { version } from '../version.ts'

/** What can be asked. Each command is loaded when it is called, so that none pays for the others. */
const program = new Command('waggle')
  .description('A referral network for coworking spaces.')
  .version(version)
  .showHelpAfterError()
  .exitOverride()

program
  .command('serve')
  .description('serve the API and the pages')
  .action(async () => (await import('./serve.ts')).serve())

program
  .command('demo')
  .description('tell the story of a referral on a demo network, then serve it')
  .option('--exit', 'end after the story')
  .action(async (options: { exit?: boolean }) => (await import('./demo.ts')).demo(options))

program
  .command('migrate')
  .description('bring the database up to date')
  .action(async () => (await import('./migrate.ts')).migrate())

program
  .command('make-keys')
  .description('print new keys for WAGGLE_KEYS')
  .option('--rotate <file>', 'print this key file with one more sealing key, which seals from then on')
  .option(
    '--standby <file>',
    'print this key file so that its newest sealing key opens, but does not seal yet',
  )
  .action(async (options: { rotate?: string; standby?: string }) =>
    (await import('./make-keys.ts')).printKeys(options),
  )

program
  .command('rotate-keys')
  .description('seal anew, by the newest sealing key, what older ones have sealed (docs/keys.md)')
  .action(async () => (await import('./rotate-keys.ts')).rotateKeys())

program
  .command('forget')
  .description('erase again what was erased before a backup was restored (docs/members-rights.md)')
  .argument('<referralId...>')
  .action(async (ids: string[]) => (await import('./forget.ts')).forget(ids))

program
  .command('import')
  .description('import spaces from OpenStreetMap (GeoJSON, Overpass JSON) or CSV')
  .argument('<file>')
  .option('--format <format>', 'osm or csv; found out by itself when absent')
  .option('--source <name>', 'where the file comes from')
  .option('--json', 'one JSON object a line')
  .action(async (file: string, options: object) => (await import('./import.ts')).importFile(file, options))

program
  .command('merge')
  .description('make two profiles one: the second is kept')
  .argument('<duplicate>', 'id, slug or source:externalId')
  .argument('<kept>', 'id, slug or source:externalId')
  .action(async (duplicate: string, kept: string) => (await import('./merge.ts')).merge(duplicate, kept))

program
  .command('admit')
  .description('admit a space to the network and print its API client, once')
  .argument('[space]', 'id, slug or source:externalId')
  .option('--new <profile.json>', 'register the space of this profile first')
  .option('--json', 'print { spaceId, clientId, clientSecret }')
  .action(async (space: string | undefined, options: object) =>
    (await import('./admit.ts')).admit(space, options),
  )

program
  .command('revoke')
  .description('revoke an API client: its tokens are refused at once')
  .argument('<clientId>')
  .action(async (clientId: string) => (await import('./revoke.ts')).revoke(clientId))

program
  .command('make-steward')
  .description('make a person a steward of the network, who signs in at /sign-in')
  .argument('<email>')
  .option('--name <name>', 'who it is')
  .option('--remove', 'take the stewardship away')
  .action(async (email: string, options: { name?: string; remove?: boolean }) =>
    (await import('./make-steward.ts')).steward(email, options),
  )

program
  .command('vouch')
  .description(
    'note that one space speaks for another; enough vouches take it in, on probation, two more end that',
  )
  .argument('<space>', 'id, slug or source:externalId')
  .requiredOption('--by <space>', 'who vouches: id, slug or source:externalId')
  .action(async (space: string, options: { by: string }) =>
    (await import('./vouch.ts')).vouch(space, options),
  )

program
  .command('disputes')
  .description('list the disputes that are open, with what was written about them')
  .option('--json', 'one object a line')
  .action(async (options: { json?: boolean }) => (await import('./disputes.ts')).disputes(options))

program
  .command('resolve')
  .description('end a dispute: what was contested stands (upheld), or the other account does (reversed)')
  .argument('<referralId>')
  .addArgument(new Argument('<decision>').choices(['upheld', 'reversed']))
  .option('--seen <version>', 'refuse when the referral has changed since that version')
  .action(async (referralId: string, decision: 'upheld' | 'reversed', options: { seen?: string }) =>
    (await import('./resolve.ts')).resolve(referralId, decision, options),
  )

program
  .command('flags')
  .description('tell what may be worth a look: points from one peer alone, joins in a ring without visits')
  .option('--json', 'one JSON object a line')
  .action(async (options: { json?: boolean }) => (await import('./flags.ts')).flags(options))

program
  .command('verify-ledger')
  .description('recompute every balance from the entries; exit code 1 on any difference')
  .action(async () => (await import('./verify-ledger.ts')).verifyLedger())

program
  .command('openapi')
  .description('write the contract to openapi/openapi.json')
  .option('--stdout', 'print it instead')
  .action(async (options: { stdout?: boolean }) => (await import('./openapi.ts')).openapi(options))

/** Does what the words of a command line ask. What comes of it is said on the terminal and by `process.exitCode`. */
export const run = async (words: readonly string[]): Promise<void> => {
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    process.exitCode = await exitCodeOf(error)
  }
}

const exitCodeOf = async (error: unknown): Promise<number> => {
  // Its words are on the terminal already; asking for help or the version ends so too, with 0.
  if (error instanceof CommanderError) return error.exitCode
  const { explain } = await import('./explain.ts')
  process.stderr.write(`${explain(error)}\n`)
  return 1
}

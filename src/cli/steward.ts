import { randomUUID } from 'node:crypto'
import type { Ctx, Deps } from '../platform/context.ts'

/** The person at the command line of the installation: what is done there is done by the steward. */
export const asSteward = (deps: Deps): Ctx => ({
  ...deps,
  actor: { kind: 'steward', id: 'command-line' },
  requestId: `cli-${randomUUID()}`,
})

import { millisOf } from '../platform/clock.ts'
import type { ClientView } from './contract-clients.ts'
import type { Client } from './find-client.ts'
import type { OwnerKind } from './scopes.ts'

/** A client as those see it who look after it: every field named, so that no hash slips through. */
export const clientView = (client: Client, now: string): ClientView => {
  const { id: clientId, name, spaceRef, operatorId, scopes, createdAt, lastUsedAt, revokedAt } = client
  return {
    clientId,
    name,
    owner: ownerOf(client),
    spaceId: spaceRef,
    operatorId,
    scopes,
    publicKeys: client.publicKeys ?? [],
    previousSecretUntil: overlapOf(client, now),
    createdAt,
    lastUsedAt,
    revokedAt,
  }
}

const ownerOf = ({ spaceRef, operatorId }: Client): OwnerKind =>
  spaceRef !== null ? 'space' : operatorId !== null ? 'operator' : 'network'

/** The moment that is over is of no use to anybody. */
const overlapOf = ({ previousSecretUntil: until, revokedAt }: Client, now: string): string | null =>
  until !== null && revokedAt === null && millisOf(until) > millisOf(now) ? until : null

import { randomUUID } from 'node:crypto'
import { createClient } from '../../src/access/create-client.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database/pool.ts'
import { loadKeys, makeKeys } from '../../src/platform/keys.ts'
import { standardInstallation } from '../../src/platform/installation.ts'
import { standardPolicy } from '../../src/platform/policy.ts'
import type { Id } from '../../src/platform/ids.ts'
import { putSpace } from '../helpers/spaces.ts'
import type { Answer, Server } from './server.ts'

/** A sender and a receiver, both admitted, and the sender's client. */
export interface Network {
  readonly senderId: Id<'space'>
  readonly receiverId: Id<'space'>
  readonly clientId: Id<'client'>
  readonly clientSecret: string
}

/** Fills the database of a server from outside, as the command line does. */
export const addNetwork = async (appUrl: string): Promise<Network> => {
  const db = openDatabase({ url: appUrl, size: 1, onError: () => undefined })
  const deps = {
    db,
    clock: systemClock,
    keys: loadKeys(makeKeys()),
    policy: standardPolicy,
    installation: standardInstallation,
    baseUrl: 'https://waggle.test',
  }
  try {
    const senderId = await putSpace(deps)
    const receiverId = await putSpace(deps)
    const steward = { ...deps, actor: { kind: 'steward', id: 'test' }, requestId: 'test' } as const
    const client = await createClient(steward, {
      name: 'test',
      owner: { spaceId: senderId },
      scopes: ['spaces:read', 'referrals:read', 'referrals:write'],
    })
    return { senderId, receiverId, ...client }
  } finally {
    await db.close()
  }
}

/** A fresh token for the sender. */
export const tokenOf = async (server: Server, { clientId, clientSecret }: Network): Promise<string> => {
  const { text, body } = await server.ask('/oauth/token', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    },
    body: 'grant_type=client_credentials',
  })
  if (!body?.access_token) throw new Error(`No token: ${text}`)
  return body.access_token as string
}

export const newReferral = ({ receiverId }: Network, name = 'Ada Lovelace') =>
  JSON.stringify({
    toSpaceId: receiverId,
    member: { name, email: 'ada@example.org' },
    brief: { summary: 'Illustrator, wants quiet and daylight' },
    consent: { kind: 'attested', obtainedOn: '2026-11-20', how: 'in_person' },
  })

export const writeHeaders = (token: string, key: string = randomUUID()) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
  'idempotency-key': key,
})

/** Sends a referral to the receiver. */
export const send = (
  server: Server,
  network: Network,
  token: string,
  key: string = randomUUID(),
): Promise<Answer> =>
  server.ask('/v1/referrals', {
    method: 'POST',
    headers: writeHeaders(token, key),
    body: newReferral(network),
  })

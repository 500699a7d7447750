import { z } from 'zod'
import {
  cursor,
  entryId,
  exampleId,
  exampleMoment,
  limit,
  moment,
  openEnum,
  pageOf,
  referralId,
  spaceId,
} from '../platform/contract.ts'
import type { Operation } from '../platform/operation.ts'

const most = 1_000_000_000
const count = z.int().min(0).max(most)
const points = z.int().min(-most).max(most)

export const nudge = openEnum(['refer_somebody'])

const referralCounts = z
  .object({
    sent: count.meta({ description: 'Referrals of yours that reached the receiver.' }),
    received: count,
    sentActive: count,
    receivedActive: count,
    sentJoined: count,
    receivedJoined: count,
  })
  .meta({ id: 'ReferralCounts' })

const reciprocity = z
  .object({
    asOf: moment,
    lockVersion: count.meta({ description: 'Grows with every change of this balance.' }),
    referrals: referralCounts,
    points: z
      .object({
        earned: points.meta({ description: '100 points are one credit: one member who joined.' }),
        owed: points,
        net: points.meta({ description: 'earned − owed; over the whole network these sum to zero.' }),
        held: points.meta({ description: 'Posted while one side is on probation; counts once that ends.' }),
        provisional: points.meta({
          description:
            'The part of `earned` that is reversed if the member leaves within 30 days, unless the network’s policy says otherwise.',
        }),
        inFlight: points.meta({ description: 'What your accepted referrals may still bring.' }),
        directReturned: points.meta({ description: 'What came back from the very spaces that you sent to.' }),
        indirectReturned: points.meta({
          description: 'What came back around the network, through closed loops.',
        }),
        unreturned: points,
      })
      .meta({ id: 'Points' }),
    returnRate: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .meta({ description: '(direct + indirect) / earned; null before anything is earned.' }),
    limit: points.meta({
      description: 'How far below zero the net may go before a nudge; nobody is ever refused for it.',
    }),
    nudge: nudge
      .nullable()
      .meta({ description: 'Set when the net is past the limit, in networks of ten spaces or more.' }),
  })
  .meta({ id: 'Reciprocity' })

const peerBalance = z
  .object({
    peer: z
      .object({
        id: spaceId,
        name: z.string().max(120),
        city: z.string().max(120),
        countryCode: z.string().max(2),
      })
      .meta({ id: 'BalancePeer' }),
    referrals: referralCounts,
    points: z
      .object({
        earned: points,
        owed: points,
        net: points,
        held: points,
        provisional: points,
        inFlight: points,
      })
      .meta({ id: 'PairPoints' }),
    updatedAt: moment,
  })
  .meta({ id: 'PeerBalance' })

const entry = z
  .object({
    id: entryId,
    peerId: spaceId,
    referralId,
    stage: openEnum(['visited', 'trial', 'joined']),
    kind: openEnum(['posting', 'reversal', 'release']),
    side: openEnum(['creditor', 'debtor']).meta({
      description: 'Whether you earn from the referral, or owe.',
    }),
    points: points.meta({ description: 'How `earned` (creditor) or `owed` (debtor, below zero) changed.' }),
    held: points.meta({ description: 'What waits for the end of a probation.' }),
    reasonCode: openEnum(['same_operator', 'person_already_counted', 'probation', 'left', 'disputed'])
      .nullable()
      .meta({ description: 'Why it is worth less, waits, or is reversed.' }),
    at: moment,
  })
  .meta({ id: 'LedgerEntry' })

const counts = { sent: 4, received: 3, sentActive: 1, receivedActive: 0, sentJoined: 2, receivedJoined: 2 }
const tag = 'Reciprocity'
const scope = 'reciprocity:read'

export const getReciprocity = {
  id: 'getReciprocity',
  method: 'GET',
  path: '/v1/reciprocity',
  tag,
  summary: 'What your space gave and what came back',
  scope,
  query: z.strictObject({
    // Spelled out: beside a reference to a component the description would be lost.
    asOf: z.iso
      .datetime()
      .max(30)
      .exactOptional()
      .meta({ description: 'The balance as it was at that moment.' }),
  }),
  answers: {
    200: {
      description: 'Your balance.',
      schema: reciprocity,
      example: {
        asOf: exampleMoment,
        lockVersion: 17,
        referrals: counts,
        points: {
          earned: 225,
          owed: 200,
          net: 25,
          held: 0,
          provisional: 75,
          inFlight: 90,
          directReturned: 100,
          indirectReturned: 0,
          unreturned: 125,
        },
        returnRate: 0.4444,
        limit: 500,
        nudge: null,
      },
      headers: ['ETag'],
    },
  },
  problems: [],
} as const satisfies Operation

export const listPeerBalances = {
  id: 'listPeerBalances',
  method: 'GET',
  path: '/v1/reciprocity/peers',
  tag,
  summary: 'What stands between your space and each peer',
  scope,
  query: z.strictObject({ cursor: cursor.exactOptional(), limit }),
  answers: {
    200: {
      description: 'A page of peers, by the id of the peer. No order by balance: nobody is ranked.',
      schema: pageOf(peerBalance, 'PeerBalancePage'),
      example: {
        data: [
          {
            peer: { id: exampleId('spc'), name: 'Nave', city: 'Porto', countryCode: 'PT' },
            referrals: counts,
            points: { earned: 100, owed: 75, net: 25, held: 0, provisional: 0, inFlight: 0 },
            updatedAt: exampleMoment,
          },
        ],
        nextCursor: null,
      },
      headers: ['Link', 'ETag'],
    },
  },
  problems: ['invalid_cursor'],
} as const satisfies Operation

export const listLedgerEntries = {
  id: 'listLedgerEntries',
  method: 'GET',
  path: '/v1/reciprocity/entries',
  tag,
  summary: 'Every point that was ever posted to your space',
  scope,
  query: z.strictObject({
    peerId: spaceId.exactOptional(),
    referralId: referralId.exactOptional(),
    cursor: cursor.exactOptional(),
    limit,
  }),
  answers: {
    200: {
      description: 'A page of entries, newest first.',
      schema: pageOf(entry, 'LedgerEntryPage'),
      example: {
        data: [
          {
            id: exampleId('ent'),
            peerId: exampleId('spc'),
            referralId: exampleId('ref'),
            stage: 'joined',
            kind: 'posting',
            side: 'creditor',
            points: 75,
            held: 0,
            reasonCode: null,
            at: exampleMoment,
          },
        ],
        nextCursor: null,
      },
      headers: ['Link', 'ETag'],
    },
  },
  problems: ['invalid_cursor'],
} as const satisfies Operation

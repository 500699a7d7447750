import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { referrals } from '../../db/schema/referrals.ts'
import { day, instant } from '../../src/platform/clock.ts'
import type { Deps } from '../../src/platform/context.ts'
import { asRecord } from '../../src/platform/database/statements.ts'
import { newId, toUuid, type Id } from '../../src/platform/ids.ts'
import { emptyCard, textRow, type TextKind } from '../../src/referrals/cards.ts'
import { putSpace } from '../helpers/spaces.ts'

const chunk = 5_000
const pairs = 100

interface Due {
  readonly id: Id<'referral'>
  readonly senderId: Id<'space'>
  readonly receiverId: Id<'space'>
  readonly dueAt: string
}

/** Two cards for each, alike but for whose they are. */
const insertCards = `
  insert into referrals
  select card.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[]) as due (id, sender_id, receiver_id, due_at),
    lateral (values ('sender', sender_id, receiver_id), ('receiver', receiver_id, sender_id)) as side (role, space_id, peer_id),
    lateral jsonb_populate_record(null::referrals, $1::jsonb || jsonb_build_object('id', due.id, 'role', role,
      'space_id', side.space_id, 'peer_id', side.peer_id, 'origin_id', sender_id, 'answer_by', due_at, 'next_due_at', due_at)) as card`

const insertTexts = `
  insert into referral_texts (space_id, referral_id, kind, sealed)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[])`

const unmoved =
  'earned, owed, held, provisional, in_flight, sent_active, received_active, sent_joined, received_joined'
const zeros = unmoved.replace(/\w+/g, '0')

/** What the cards say, as it is counted between the spaces: the ledger is whole before the clocks begin. */
const insertBalances = [
  `insert into pair_balances (space_id, peer_id, sent, received, updated_at, ${unmoved})
   select space_id, peer_id, count(*) filter (where role = 'sender'), count(*) filter (where role = 'receiver'),
     max(updated_at), ${zeros} from referrals group by space_id, peer_id`,
  `insert into space_balances (space_id, sent, received, updated_at, lock_version, direct_returned, ${unmoved})
   select space_id, sum(sent), sum(received), max(updated_at), 1, 0, ${zeros} from pair_balances group by space_id`,
  `insert into balance_versions (space_id, sent, received, at, lock_version, direct_returned, ${unmoved})
   select space_id, sent, received, updated_at, 1, 0, ${zeros} from space_balances`,
  'analyze',
]

/** A referral as it was sent, less what differs from one to the next. */
const sentCard = (now: number) => {
  const sentAt = instant(now - 8 * day)
  return asRecord(referrals, {
    ...emptyCard,
    status: 'sent',
    phase: 'pending',
    stay: 'relocate',
    needs: { deskKind: 'fixed_desk', daysPerWeek: 4 },
    consentKind: 'attested',
    consentHow: 'in_person',
    consentOn: sentAt.slice(0, 10),
    consentNamed: false,
    warnings: [],
    createdAt: sentAt,
    submittedAt: sentAt,
    sentAt,
    updatedAt: sentAt,
    nextDue: 'expire',
  })
}

const words: Readonly<Record<'contact' | 'brief', string>> = {
  contact: JSON.stringify({ name: 'Ada Lovelace', email: 'ada@example.org', phone: '+33612345678' }),
  brief: JSON.stringify({ summary: 'Illustrator, wants quiet and daylight. '.repeat(5) }),
}

const textsOf = (deps: Deps, { id, senderId, receiverId }: Due) => {
  const row = (spaceId: Id<'space'>, kind: TextKind & keyof typeof words) =>
    textRow(deps, spaceId, id, kind, words[kind])
  return [row(senderId, 'contact'), row(senderId, 'brief'), row(receiverId, 'brief')]
}

/**
 * Fills the database with `count` referrals whose answer is overdue since `dueAt(n)`, as after a long outage.
 * @param ownerUrl connects as the role that owns the tables
 */
export const fillWithDue = async (
  deps: Deps,
  ownerUrl: string,
  count: number,
  dueAt: (n: number) => string,
): Promise<void> => {
  const now = deps.clock.now()
  const spaceIds: Id<'space'>[] = []
  for (let n = 0; n < 2 * pairs; n += 1) spaceIds.push(await putSpace(deps, { slug: randomUUID() }))
  const client = new pg.Client({ connectionString: ownerUrl, options: '-c timezone=UTC' })
  await client.connect()
  try {
    for (let first = 0; first < count; first += chunk) {
      const dues = Array.from({ length: Math.min(chunk, count - first) }, (_, index): Due => {
        const n = first + index
        const [senderId, receiverId] = [spaceIds[n % pairs]!, spaceIds[pairs + (n % pairs)]!]
        return { id: newId('referral', now - 8 * day), senderId, receiverId, dueAt: dueAt(n) }
      })
      await insertDues(deps, client, dues)
    }
    for (const text of insertBalances) await client.query(text)
  } finally {
    await client.end()
  }
}

const insertDues = async (deps: Deps, client: pg.Client, dues: readonly Due[]) => {
  await client.query(insertCards, [
    JSON.stringify(sentCard(deps.clock.now())),
    dues.map(({ id }) => toUuid(id)),
    dues.map(({ senderId }) => toUuid(senderId)),
    dues.map(({ receiverId }) => toUuid(receiverId)),
    dues.map((due) => due.dueAt),
  ])
  const texts = dues.flatMap((due) => textsOf(deps, due))
  await client.query(insertTexts, [
    texts.map(({ spaceId }) => toUuid(spaceId)),
    texts.map(({ referralId }) => toUuid(referralId)),
    texts.map(({ kind }) => kind),
    texts.map(({ sealed }) => sealed),
  ])
}

import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { scopesFor } from '../../src/access/scopes.ts'
import { second } from '../../src/platform/clock.ts'
import { makeCursor, readCursor } from '../../src/platform/cursor.ts'
import { Problem } from '../../src/platform/errors.ts'
import { testApp } from '../helpers/app.ts'
import { addManager, type TestManager } from '../helpers/managers.ts'
import { addCaller, type Answer, type Caller } from '../helpers/network.ts'
import { applied, lea, nave } from '../network/world.ts'
import { accepts, claims, disputes, joins, walkFrom } from '../referrals/walks.ts'

interface Parameter {
  readonly name?: string
  readonly in?: string
}
type Path = Partial<Record<'get', { readonly operationId: string; readonly parameters?: Parameter[] }>>

/** Every list of the published contract that is read page by page. */
const lists = Object.entries(
  (JSON.parse(readFileSync('openapi/openapi.json', 'utf8')) as { paths: Record<string, Path> }).paths,
).flatMap(([path, { get }]) => {
  const names = (get?.parameters ?? []).flatMap((one) => (one.in === 'query' ? [one.name ?? ''] : []))
  const filters = names.filter((name) => name !== 'cursor' && name !== 'limit')
  return get && names.includes('cursor') ? [{ id: get.operationId, path, filters }] : []
})

/** What a list needs to be asked for at all. */
const needed: Readonly<Record<string, string>> = { listReferrals: '&box=sent' }

/** The same list, asked for something else. */
const otherwise: Readonly<Record<string, string>> = {
  listAuditLog: '&action=sendReferral',
  searchSpaces: '&country=FR',
  listApplications: '&status=pending',
  listReferrals: '&box=received',
  listLedgerEntries: '&referralId=ref_01kn3xq5wde7mvqrb2fj8s6t4a',
}

/** Two spaces that know each other and a third; each list has two pages for the first of them, or for the steward. */
const world = async (t: Test) => {
  const test = await testApp(t)
  const add = () => addCaller(test, {}, [...scopesFor('space')])
  const [home, other, third] = [await add(), await add(), await add()]
  const walk = (sender: Caller, receiver: Caller, ...moves: Parameters<typeof walkFrom>[2][]) => {
    test.deps.clock.advance(second)
    return walkFrom({ test, sender, receiver, next: third, last: third, outsider: third }, {}, ...moves)
  }
  const { id: referralId } = await walk(home, other, accepts, joins)
  for (const [sender, receiver] of [
    [home, third],
    [other, home],
    [other, third],
  ] as const)
    await walk(sender, receiver, accepts, joins)
  for (const receiver of [other, third])
    await walk(home, receiver, accepts, claims('visited'), disputes('receiver'))
  for (const name of ['One', 'Two'])
    await applied(test, {
      ...nave,
      contact: { ...lea, email: `${name}@nave.example` },
      space: { ...nave.space, name },
    })
  const owner = await addManager(test, { spaceId: home.spaceId, role: 'owner' })
  await addManager(test, { spaceId: home.spaceId, role: 'viewer' })
  for (const name of ['one', 'two']) await owner.post('/v1/clients', { name, scopes: ['spaces:read'] })
  const stranger = await addManager(test, { spaceId: other.spaceId, role: 'owner' })
  return { referralId, owner, stranger, steward: await addManager(test, 'steward') }
}

const isRefused = (t: Test, { status, body, text }: Answer, about: string) => {
  t.ok([400, 422].includes(status), `${about}: ${String(status)}`)
  t.ok(['invalid_cursor', 'validation_failed'].includes(String(body?.code)), about)
  t.notMatch(text, '"data"', about)
}

const withBit = (cursor: string, bit: number): string => {
  const bytes = Buffer.from(cursor, 'base64url')
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return bytes.toString('base64url')
}

const bitsOf = (cursor: string) => Buffer.from(cursor, 'base64url').length * 8

/** So many bits of each list's cursor are flipped over the API, spread over all of it; each bit of one cursor below. */
const sampled = 24

/** What becomes of a cursor on the way: cut, grown, padded, written in another alphabet. */
const mangled = (cursor: string) => [
  cursor.slice(0, -1),
  `${cursor}A`,
  `${cursor}=`,
  ` ${cursor}`,
  cursor.toUpperCase(),
  `${Buffer.from(cursor, 'base64url').toString('base64')}==`,
  'A'.repeat(cursor.length),
  `${cursor},${cursor}`,
]

t.test('a cursor leads its own caller on in its own list, and nobody anywhere else', async (t) => {
  const { referralId, owner, stranger, steward } = await world(t)
  const readerOf = (id: string): TestManager => (id === 'listDisputes' ? steward : owner)
  const urlOf = ({ id, path }: (typeof lists)[number], query = '') =>
    `${path.replace('{referralId}', referralId)}?limit=1${needed[id] ?? ''}${query}`
  const following = new Map<string, string>()
  t.ok(lists.length >= 10)
  for (const list of lists) {
    const first = await readerOf(list.id).get(urlOf(list))
    const cursor = String(first.body.nextCursor)
    t.match(first, { status: 200, body: { data: [{}], nextCursor: /^[\w-]{20,}$/ } }, list.id)
    const next = await readerOf(list.id).get(urlOf(list, `&cursor=${cursor}`))
    t.match(next, { status: 200, body: { data: [{}] } }, `${list.id}: the next page`)
    t.strictNotSame(next.body.data, first.body.data, list.id)
    following.set(list.id, cursor)
  }
  const each = async (
    title: string,
    check: (t: Test, list: (typeof lists)[number], cursor: string) => Promise<void>,
  ) =>
    t.test(title, async (t) => {
      for (const list of lists) await check(t, list, following.get(list.id) ?? '')
    })

  await each('with a bit flipped, cut or grown it is refused', async (t, list, cursor) => {
    const step = bitsOf(cursor) / sampled
    const flipped = Array.from({ length: sampled }, (_, turn) => withBit(cursor, Math.floor(turn * step)))
    for (const changed of [...flipped, ...mangled(cursor)])
      isRefused(
        t,
        await readerOf(list.id).get(urlOf(list, `&cursor=${encodeURIComponent(changed)}`)),
        `${list.id} ${changed}`,
      )
    isRefused(
      t,
      await readerOf(list.id).get(urlOf(list, `&cursor=${cursor}&cursor=${cursor}`)),
      `${list.id} twice`,
    )
  })

  await each('the cursor of another caller is refused', async (t, list, cursor) => {
    const answer = await stranger.get(urlOf(list, `&cursor=${cursor}`))
    if (list.id === 'listDisputes') t.match(answer, { status: 403, body: { code: 'insufficient_role' } })
    else isRefused(t, answer, list.id)
  })

  await each('the cursor of another list is refused', async (t, list) => {
    for (const [id, cursor] of following)
      if (id !== list.id)
        isRefused(t, await readerOf(list.id).get(urlOf(list, `&cursor=${cursor}`)), `${id} in ${list.id}`)
  })

  await each('the cursor of the same list, asked for something else, is refused', async (t, list, cursor) => {
    t.equal(list.id in otherwise, list.filters.length > 0, `${list.id} has filters, and is tried with one`)
    const query = otherwise[list.id]
    if (query === undefined) return
    const url = urlOf(list, `&cursor=${cursor}`).replace(needed[list.id] ?? 'none', '')
    isRefused(t, await readerOf(list.id).get(`${url}${query}`), list.id)
  })
})

t.test('no single bit of a cursor can be changed', (t) => {
  const key = Buffer.alloc(32, 7)
  const binding = ['listReferrals', 'spc_a', { box: 'sent' }]
  const place = ['ref_01kn3xq5wde7mvqrb2fj8s6t4a', '2026-11-20T09:30:00.000Z']
  const cursor = makeCursor(key, binding, place)
  t.strictSame(readCursor(key, binding, cursor), place)
  t.ok(bitsOf(cursor) > 500)
  for (let bit = 0; bit < bitsOf(cursor); bit += 1)
    t.throws(() => readCursor(key, binding, withBit(cursor, bit)), Problem, String(bit))
  t.throws(() => readCursor(Buffer.alloc(32, 8), binding, cursor), Problem, 'of another installation')
  t.end()
})

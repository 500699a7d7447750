import t from 'tap'
import { testApp } from '../helpers/app.ts'
import type { Answer } from '../helpers/network.ts'
import { checkRules } from './books.ts'
import { accepts, forwardTo, grants, openWorld, walkFrom, walkOn, type Walk, type World } from './walks.ts'

const test = await testApp(t)

type Rival = (walk: Walk) => Promise<Answer>

const forward = (walk: Walk, to = walk.world.next) =>
  walk.receiver.post(`${walk.url}/forward`, { toSpaceId: to.spaceId })

const rounds = 50

/** Both at once, ten pairs at a time; whoever comes first alternates. */
const race = async (world: World, rival: Rival, ...before: Parameters<typeof walkOn>[1][]) => {
  const results: { walk: Walk; forwarded: Answer; other: Answer }[] = []
  const round = async (number: number) => {
    const walk = await walkFrom(world, {}, ...before)
    const run = async () => {
      if (number % 2 === 0) return Promise.all([forward(walk), rival(walk)])
      const [other, forwarded] = await Promise.all([rival(walk), forward(walk)])
      return [forwarded, other] as const
    }
    const [forwarded, other] = await run()
    results.push({ walk, forwarded, other })
  }
  for (let first = 0; first < rounds; first += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, index) => round(first + index)))
  }
  return results
}

/** Forwarded referrals, and the referrals that began by it: each names the other. */
const orphans = async () => {
  const { rows } = await test.deps.db.pool.query<{ id: string }>(
    `select p.id from referrals p full join referrals c on c.id = p.child_id and c.role = 'sender' and p.role = 'receiver'
       and c.space_id = p.space_id and c.trail -> -1 ->> 'spaceId' is not null
     where (p.status = 'forwarded' and p.role = 'receiver' and c.id is null)
       or (p.id is null and c.role = 'sender' and jsonb_array_length(c.trail) > 0)`,
  )
  return rows
}

const onlyOne: [string, Rival, string][] = [
  ['decline', (walk) => walk.receiver.post(`${walk.url}/decline`, { reason: 'no_capacity' }), 'declined'],
  ['withdraw', (walk) => walk.sender.post(`${walk.url}/withdraw`), 'withdrawn'],
  ['another forward', (walk) => forward(walk, walk.world.last), 'forwarded'],
]

for (const [what, rival, status] of onlyOne) {
  t.test(`forward raced with ${what} ${rounds} times has one winner each, and no orphan`, async (t) => {
    const world = await openWorld(test)
    const results = await race(world, rival)
    const wrong = results.filter(
      ({ forwarded, other }) => [forwarded.status, other.status].sort().join() !== '200,409',
    )
    t.same(
      wrong.map(({ forwarded, other }) => [forwarded.text, other.text]),
      [],
    )
    for (const { walk, forwarded, other } of results) {
      const { body } = await walk.sender.get(walk.url)
      if (forwarded.status === 200) t.match(body, { status: 'forwarded', childId: forwarded.body.childId })
      else t.match(body, { status, childId: other.body.childId })
    }
    t.same(await orphans(), [])
    await checkRules(t, world, what)
  })
}

t.test(`forward raced with accept ${rounds} times forwards each, whichever comes first`, async (t) => {
  const world = await openWorld(test)
  const results = await race(world, (walk) => walk.receiver.post(`${walk.url}/accept`, {}))
  for (const { walk, forwarded, other } of results) {
    t.equal(forwarded.status, 200, forwarded.text)
    t.ok(other.status === 200 || other.status === 409, other.text)
    t.match((await walk.sender.get(walk.url)).body, { status: 'forwarded', childId: String })
  }
  t.same(await orphans(), [])
  t.match((await world.sender.get('/v1/reciprocity')).body, {
    points: { inFlight: 0 },
    referrals: { sentActive: 0 },
  })
  await checkRules(t, world, 'accept')
})

t.test(
  'many forwarded referrals of the same spaces end at once, and each tells its first sender',
  async (t) => {
    const world = await openWorld(test)
    const end = async (walk: Walk) => {
      const child = await forwardTo(walk, world.next)
      await walkOn(child, grants, accepts)
      const [closed, requested] = await Promise.all([
        child.receiver.post(`${child.url}/close`, { outcome: 'joined' }),
        child.sender.post(`${child.url}/request-withdrawal`),
      ])
      return { closed, requested, final: (await walk.sender.get(walk.url)).body.finalOutcome as string }
    }
    const walks = await Promise.all(Array.from({ length: 10 }, () => walkFrom(world)))
    const ends = await Promise.all(walks.map(end))
    for (const { closed, requested, final } of ends) {
      t.equal(closed.status, 200, closed.text)
      t.ok(requested.status === 200 || requested.status === 409, requested.text)
      t.equal(final, 'joined')
    }
    await checkRules(t, world, 'ended at once')
  },
)

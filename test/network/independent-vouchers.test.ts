import t from 'tap'
import { getApplication } from '../../src/network/get-application.ts'
import { leaveNetwork } from '../../src/network/leave-network.ts'
import { readmitSpace } from '../../src/network/readmit-space.ts'
import { suspendSpace } from '../../src/network/suspend-space.ts'
import { independent } from '../../src/network/independent-vouchers.ts'
import { vouchForApplication } from '../../src/network/vouch-for-application.ts'
import { withdrawApplication } from '../../src/network/withdraw-application.ts'
import type { Ctx } from '../../src/platform/context.ts'
import { ownSpaceOf } from '../../src/platform/context.ts'
import { toUuid, type Id } from '../../src/platform/ids.ts'
import { testApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace, steward } from '../helpers/network.ts'
import {
  applied,
  as,
  claim,
  endings,
  insider,
  listed,
  nave,
  lea,
  openConnections,
  spaceRow,
} from './world.ts'

t.test('of vouchers that are bound by an operator or an owner the earliest counts', (t) => {
  const voucher = (id: string, operatorId: string | null, ...owners: string[]) => ({
    id,
    operatorId,
    owners,
    at: `2026-11-20T10:00:0${id}.000Z`,
  })
  const cases = [
    [[voucher('1', null), voucher('2', null)], '12'],
    [[voucher('1', 'a'), voucher('2', 'a'), voucher('3', 'b')], '13'],
    [[voucher('2', null, 'max', 'eva'), voucher('1', null, 'eva'), voucher('3', null, 'max')], '13'],
    [[voucher('1', 'a', 'max'), voucher('2', 'b', 'max'), voucher('3', 'b', 'eva')], '13'],
  ] as const
  for (const [vouchers, counted] of cases)
    t.equal(
      independent(vouchers)
        .map(({ id }) => id)
        .join(''),
      counted,
    )
  t.end()
})

let people = 0

t.test('whose vouches take a space in', async (t) => {
  const test = await testApp(t)
  const word = steward(test)
  const waiting = () => {
    people += 1
    return applied(test, { ...nave, contact: { ...lea, email: `lea${String(people)}@nave.example` } })
  }
  const spaceOf = ({ actor }: Ctx): Id<'space'> => ownSpaceOf(actor)!
  /** The person comes to own another space, too. */
  const owns = ({ actor }: Ctx, spaceId: Id<'space'>) =>
    test.deps.db.pool.query(
      `insert into space_managers (space_id, manager_id, role, invited_at, accepted_at) values ($1, $2, 'owner', now(), now())`,
      [toUuid(spaceId), actor.kind === 'manager' ? toUuid(actor.id) : ''],
    )

  t.test('two spaces of one owner have one vouch, an operator or none', async (t) => {
    const { id, spaceId } = await waiting()
    const first = await insider(test)
    const second = await addSpace(test)
    await owns(first, second)
    const colleague = await as(test, await addManager(test, { spaceId: second, role: 'manager' }))
    t.match(await vouchForApplication(first, id), { vouchedBy: { length: 1 } })
    t.match(await vouchForApplication(colleague, id), { status: 'pending', vouchedBy: { length: 1 } })
    t.match(await spaceRow(test, spaceId), { status: 'registered' })
    t.match(await vouchForApplication(await insider(test), id), { status: 'admitted' })
  })

  t.test('a space that is out of the network before the decision does not count', async (t) => {
    const { id, managerId, spaceId } = await waiting()
    const [suspended, left] = [await insider(test), await insider(test)]
    await vouchForApplication(suspended, id)
    await suspendSpace(word, spaceOf(suspended), 'Charged.')
    t.match(await vouchForApplication(left, id), { status: 'pending' })
    await leaveNetwork(left, spaceOf(left))
    const own = await getApplication(await as(test, { managerId, spaceId }), id)
    t.strictSame(own.vouchedBy, [], 'nor is it named')
    const last = await insider(test)
    t.match(await vouchForApplication(last, id), { status: 'pending', vouchedBy: { length: 1 } })
    await readmitSpace(word, spaceOf(left))
    t.match(await vouchForApplication(last, id), { status: 'admitted' }, 'once it is back, its word counts')
    await suspendSpace(word, spaceOf(left), 'Charged.')
    t.match(await spaceRow(test, spaceId), { status: 'admitted' }, 'what is decided stays so')
    t.match(await getApplication(word, id), { vouchedBy: { length: 3 } })
  })

  t.test('what is told of the vouches that end a probation is what counts towards its end', async (t) => {
    const { id } = await waiting()
    for (const one of [await insider(test), await insider(test)]) await vouchForApplication(one, id)
    const [suspended, next] = [await insider(test), await insider(test)]
    t.match(await vouchForApplication(suspended, id), { probation: { vouches: 1 } })
    await suspendSpace(word, spaceOf(suspended), 'Charged.')
    t.match(await getApplication(word, id), { probation: { vouches: 0 } })
    t.match(await vouchForApplication(next, id), { probation: { vouches: 1 } })
    const last = await insider(test)
    await owns(last, spaceOf(next))
    t.match(await vouchForApplication(last, id), { probation: { vouches: 1 } }, 'of one owner')
    t.match(await vouchForApplication(await insider(test), id), { probation: null })
  })

  t.test('spaces that come to be of one owner have one vouch from then on, told and counted', async (t) => {
    const { id } = await waiting()
    const wanting = { ...test.deps.installation, vouchesToAdmit: 3 }
    t.intercept(test.deps, 'installation', { value: wanting })
    const of = async () => ({ ...(await insider(test)), installation: wanting })
    const [one, other] = [await of(), await of()]
    await vouchForApplication(one, id)
    t.match(await vouchForApplication(other, id), { vouchedBy: { length: 2 } })
    await owns(one, spaceOf(other))
    t.match(await getApplication(one, id), { vouchedBy: { length: 1 } })
    t.match(await vouchForApplication(await of(), id), { status: 'pending', vouchedBy: { length: 2 } })
  })

  t.test('a suspension and the last vouch at once: the space is in by two, or waits with one', async (t) => {
    await openConnections(test)
    for (let round = 0; round < 4; round += 1) {
      const { id, spaceId } = await waiting()
      const [first, last] = [await insider(test), await insider(test)]
      await vouchForApplication(first, id)
      const moves = [
        () => suspendSpace(word, spaceOf(first), 'Charged.'),
        () => vouchForApplication(last, id),
      ]
      if (round % 2) moves.reverse()
      t.strictSame(await endings(moves.map((move) => move())), ['done', 'done'])
      const { status, vouchedBy } = await getApplication(word, id)
      const standing = (await spaceRow(test, spaceId)).status
      t.match(
        `${status} ${String(vouchedBy.length)} ${standing}`,
        /^(admitted 2 admitted|pending 1 registered)$/,
      )
    }
  })

  t.test('a suspension that is being written is waited for, and then counts', async (t) => {
    const { id, spaceId } = await waiting()
    const [first, last] = [await insider(test), await insider(test)]
    await vouchForApplication(first, id)
    const client = await test.deps.db.pool.connect()
    await client.query('begin')
    await client.query(`update spaces set status = 'suspended' where id = $1`, [toUuid(spaceOf(first))])
    const progress = { isDone: false }
    const vouching = vouchForApplication(last, id).finally(() => (progress.isDone = true))
    const isWaiting = async () => {
      const { rows } = await test.deps.db.pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return rows.length > 0
    }
    while (!progress.isDone && !(await isWaiting())) await openConnections(test)
    t.notOk(progress.isDone)
    await client.query('commit')
    client.release()
    t.match(await vouching, { status: 'pending', vouchedBy: { length: 1 } })
    t.match(await spaceRow(test, spaceId), { status: 'registered' })
  })

  t.test('what is withdrawn takes its vouches along: whoever asks again is vouched for anew', async (t) => {
    const { id, managerId, spaceId } = await waiting()
    const first = await insider(test)
    await vouchForApplication(first, id)
    const owner = await as(test, { managerId, spaceId })
    await withdrawApplication(owner, id)
    const again = await applied(test, claim(spaceId, `lea${String(people)}@nave.example`))
    t.match(await vouchForApplication(await insider(test), again.id), { status: 'pending' })
    t.match(await vouchForApplication(first, again.id), { status: 'admitted' })
  })

  t.test('a claim that nothing has shown takes no vouches along that were given for another', async (t) => {
    const claimed = await listed(test, { website: 'https://ruche.example/', domain: 'ruche.example' })
    const shown = await applied(test, claim(claimed, 'max@ruche.example'))
    const other = await applied(test, claim(claimed))
    await vouchForApplication(await insider(test), shown.id)
    await withdrawApplication(await as(test, { managerId: other.managerId }), other.id)
    t.match(await vouchForApplication(await insider(test), shown.id), { status: 'admitted' })
  })

  t.test('who owns a space of the network and claims another cannot vouch for it', async (t) => {
    const website = 'https://traboule.example/'
    const claimed = await listed(test, { website, domain: 'traboule.example' })
    const spaceId = await addSpace(test)
    const max = await addManager(test, { spaceId, role: 'owner' }, 'max@traboule.example')
    const { id } = await applied(test, claim(claimed, max.email))
    t.strictSame(await endings([vouchForApplication(await as(test, max), id)]), ['wrong_standing'])
  })
})

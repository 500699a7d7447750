import t from 'tap'
import { getApplication } from '../../src/network/get-application.ts'
import { listApplications } from '../../src/network/list-applications.ts'
import { proveApplication } from '../../src/network/prove-application.ts'
import { withdrawApplication } from '../../src/network/withdraw-application.ts'
import { testApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'
import { applicationRow, applied, as, claim, listed } from './world.ts'

t.test(
  'who claims a space withdraws it themselves, whatever they are to the space for which they act',
  async (t) => {
    const test = await testApp(t)
    const spaceId = await addSpace(test)
    const colleague = await addManager(test, { spaceId, role: 'manager' })
    for (const place of [{ spaceId, role: 'manager' }, { spaceId, role: 'viewer' }, 'steward'] as const) {
      const { email, ...person } = await addManager(test, place)
      const { id } = await applied(test, claim(await listed(test), email))
      await t.rejects(withdrawApplication(await as(test, colleague), id), { code: 'insufficient_role' })
      t.match(await applicationRow(test, id), { status: 'pending' })
      const acting = place === 'steward' ? { managerId: person.managerId } : person
      await withdrawApplication(await as(test, acting), id)
      t.match(await applicationRow(test, id), { status: 'withdrawn' })
    }
  },
)

t.test('who only looks at a space proves their own claim of another one', async (t) => {
  const test = await testApp(t)
  const viewer = await addManager(test, { spaceId: await addSpace(test), role: 'viewer' })
  const { id } = await applied(test, claim(await listed(test), viewer.email))
  await t.rejects(proveApplication(await as(test, viewer), id), {
    code: 'wrong_standing',
    message: /has no web domain of its own/,
  })
})

t.test('a manager of the space that applied does not withdraw what its owner handed in', async (t) => {
  const test = await testApp(t)
  const { id, spaceId } = await applied(test)
  const manager = await addManager(test, { spaceId, role: 'manager' })
  await t.rejects(withdrawApplication(await as(test, manager), id), { code: 'insufficient_role' })
  t.match(await applicationRow(test, id), { status: 'pending' })
})

t.test(
  'what a stranger says who claims a space that somebody owns is not told to its people as theirs',
  async (t) => {
    const test = await testApp(t)
    const own = await applied(test)
    const { id } = await applied(test, { ...claim(own.spaceId), statement: 'It was mine before.' })
    const owner = await as(test, own)
    const { data } = await listApplications(owner, { limit: 100 })
    t.strictSame(
      data.map((one) => one.id),
      [own.id],
    )
    await t.rejects(getApplication(owner, id), { code: 'not_found' })
  },
)

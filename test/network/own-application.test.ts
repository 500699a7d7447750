import t from 'tap'
import { withdrawApplication } from '../../src/network/withdraw-application.ts'
import { testApp } from '../helpers/app.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'
import { applicationRow, applied, as, claim, listed } from './world.ts'

t.test(
  'who claims a space while they act for another one as a manager withdraws it themselves',
  async (t) => {
    const test = await testApp(t)
    const spaceId = await addSpace(test)
    const rui = await addManager(test, { spaceId, role: 'manager' }, 'rui@example.org')
    const { id } = await applied(test, claim(await listed(test), 'rui@example.org'))
    const colleague = await addManager(test, { spaceId, role: 'manager' })
    await t.rejects(withdrawApplication(await as(test, colleague), id), { code: 'insufficient_role' })
    t.match(await applicationRow(test, id), { status: 'pending' })
    await withdrawApplication(await as(test, rui), id)
    t.match(await applicationRow(test, id), { status: 'withdrawn' })
  },
)

t.test('a manager of the space that applied does not withdraw what its owner handed in', async (t) => {
  const test = await testApp(t)
  const { id, spaceId } = await applied(test)
  const manager = await addManager(test, { spaceId, role: 'manager' })
  await t.rejects(withdrawApplication(await as(test, manager), id), { code: 'insufficient_role' })
  t.match(await applicationRow(test, id), { status: 'pending' })
})

import t from 'tap'
import { testApp } from '../helpers/app.ts'
import { addCaller, addSpace, callerOf, tokenFor } from '../helpers/network.ts'
import { addOperator, networkCaller, operatorCaller, refusalIn, spaceIn } from './world.ts'

t.test('getSpace', async (t) => {
  const test = await testApp(t)
  const operatorId = await addOperator(test)
  const contactEmail = 'desk@example.org'
  const admitted = await addCaller(test, { contactEmail })
  const waiting = await addCaller(test, { status: 'registered', contactEmail, operatorId })
  const outsider = await addCaller(test)
  const unclaimed = await addSpace(test, { status: 'unclaimed' })
  const suspended = await addSpace(test, { status: 'suspended' })
  const of = (id: string) => `/v1/spaces/${id}`

  t.test('shows admitted and unclaimed spaces to every space, and the rest to nobody else', async (t) => {
    t.match(spaceIn(await outsider.get(of(admitted.spaceId))), { status: 'admitted', claimed: true })
    t.match(spaceIn(await outsider.get(of(unclaimed))), { status: 'unclaimed', claimed: false })
    t.equal((await outsider.get(of(waiting.spaceId))).status, 404)
    t.equal((await outsider.get(of(suspended))).status, 404)
  })

  t.test('shows a waiting space to itself, its operator and the network', async (t) => {
    t.equal((await waiting.get(of(waiting.spaceId))).status, 200)
    t.equal((await (await operatorCaller(test, operatorId)).get(of(waiting.spaceId))).status, 200)
    t.equal((await (await networkCaller(test, ['network:read'])).get(of(waiting.spaceId))).status, 200)
    const stranger = await operatorCaller(test, await addOperator(test))
    t.equal((await stranger.get(of(waiting.spaceId))).status, 404)
  })

  t.test('shows where mails go to the space itself and its operator alone', async (t) => {
    t.equal(spaceIn(await admitted.get(of(admitted.spaceId))).contactEmail, contactEmail)
    const operator = await operatorCaller(test, operatorId)
    t.equal(spaceIn(await operator.get(of(waiting.spaceId))).contactEmail, contactEmail)
    for (const other of [outsider, await networkCaller(test, ['network:read'])]) {
      t.notMatch((await other.get(of(admitted.spaceId))).text, contactEmail)
      t.notMatch((await other.get('/v1/spaces')).text, contactEmail)
    }
  })

  t.test('answers the unknown, the foreign and the malformed alike', async (t) => {
    const unlike = ['instance', 'requestId']
    const [unknown, foreign, malformed] = await Promise.all(
      ['spc_01kn3xq5wde7mvqrb2fj8s6t4a', waiting.spaceId, 'nonsense'].map((id) => outsider.get(of(id))),
    )
    for (const answer of [unknown, foreign, malformed]) {
      t.equal(answer!.status, 404)
      t.same(
        Object.entries(answer!.body as object).filter(([field]) => !unlike.includes(field)),
        Object.entries(unknown!.body as object).filter(([field]) => !unlike.includes(field)),
      )
    }
  })

  t.test('answers 304 while nothing has changed', async (t) => {
    const { headers } = await outsider.get(of(admitted.spaceId))
    const again = await test.app.inject({
      url: of(admitted.spaceId),
      headers: { authorization: `Bearer ${outsider.token}`, 'if-none-match': String(headers['etag']) },
    })
    t.match([again.statusCode, again.body], [304, ''])
    t.equal((await outsider.get(of(admitted.spaceId), { 'if-none-match': '"0"' })).status, 200)
  })

  t.test('needs spaces:read', async (t) => {
    const token = await tokenFor(test, { spaceId: outsider.spaceId }, ['referrals:read'])
    const refused = await callerOf(test, outsider.spaceId, token).get(of(admitted.spaceId))
    t.match(refusalIn(refused), { status: 403, code: 'insufficient_scope' })
    t.equal((await test.app.inject({ url: of(admitted.spaceId) })).statusCode, 401)
  })
})

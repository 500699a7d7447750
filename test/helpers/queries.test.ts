import t from 'tap'
import { testApp } from './app.ts'
import { addCaller, newReferral } from './network.ts'
import { queriesOf } from './queries.ts'

t.test('queriesOf tells every statement of a request, and only while it is asked', async (t) => {
  const test = await testApp(t)
  const [caller, receiver] = [await addCaller(test), await addCaller(test)]
  const reading = await queriesOf(test, () => caller.get('/v1/referrals?box=sent'))
  t.equal(reading.filter((text) => text.includes('"referrals"')).length, 1, String(reading))
  const again = await queriesOf(test, () => caller.get('/v1/referrals?box=sent'))
  t.same(
    again,
    reading.filter((text) => text.includes('"referrals"')),
    'the token is known by now',
  )

  const writing = await queriesOf(test, () => caller.post('/v1/referrals', newReferral(receiver.spaceId)))
  t.equal(writing[0], 'begin')
  t.equal(writing.at(-1), 'commit')
  t.ok(
    writing.some((text) => text.includes('insert into audit_log')),
    String(writing),
  )
  t.same(await queriesOf(test, () => Promise.resolve()), [])
})

import t from 'tap'
import { testApp } from '../../helpers/app.ts'
import { addCaller } from '../../helpers/network.ts'

t.test('limits: a client has 25 a second and 100 at once; then 429 with Retry-After', async (t) => {
  const limits = { client: { burst: 100, perSecond: 25 }, address: { burst: 1_000, perSecond: 1_000 } }
  const test = await testApp(t, { limits })
  const [one, other] = [await addCaller(test), await addCaller(test)]
  const first = await one.get('/v1/me')
  t.match(first.headers, { 'ratelimit-policy': '"client";q=100;w=4', ratelimit: /^"client";r=99;t=\d$/ })
  const answers = await Promise.all(Array.from({ length: 100 }, () => one.get('/v1/me')))
  t.equal(answers.filter(({ status }) => status === 200).length, 99)
  const refused = answers.find(({ status }) => status === 429)
  t.match(refused?.body, { code: 'too_many_requests' })
  t.match(refused?.headers['retry-after'], /^[1-4]$/)
  t.equal((await other.get('/v1/me')).status, 200, 'another client is not held up')
})

t.test(
  'limits: an address without a token has 5 a second and 20 at once; bad tokens count there too',
  async (t) => {
    const limits = { client: { burst: 100, perSecond: 25 }, address: { burst: 20, perSecond: 5 } }
    const test = await testApp(t, { limits })
    const answers = await Promise.all(
      Array.from({ length: 25 }, (_, index) =>
        test.app.inject({ url: '/v1/me', headers: index % 2 ? { authorization: 'Bearer nonsense' } : {} }),
      ),
    )
    t.same(
      [401, 429].map((status) => answers.filter(({ statusCode }) => statusCode === status).length),
      [20, 5],
    )
    test.deps.clock.advance(1_000)
    const refilled = await Promise.all(Array.from({ length: 6 }, () => test.app.inject('/v1/me')))
    t.same(
      refilled.map(({ statusCode }) => statusCode),
      [401, 401, 401, 401, 401, 429],
      'five more after a second',
    )
  },
)

t.test('limits: all addresses of an IPv6 network of 64 bits have one bucket of requests', async (t) => {
  const limits = { client: { burst: 100, perSecond: 25 }, address: { burst: 20, perSecond: 5 } }
  const { app } = await testApp(t, { limits })
  const ask = (remoteAddress: string) => app.inject({ url: '/v1/me', remoteAddress })
  const answers = await Promise.all(
    Array.from({ length: 25 }, (_, index) => ask(`2001:db8:1:2::${String(index)}`)),
  )
  t.equal(answers.filter(({ statusCode }) => statusCode === 429).length, 5)
  t.equal((await ask('2001:db8:1:3::1')).statusCode, 401, 'the network beside it has its own')
})

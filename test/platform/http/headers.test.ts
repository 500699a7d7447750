import t from 'tap'
import { baseUrl, testApp } from '../../helpers/app.ts'
import { addCaller, sendFrom } from '../../helpers/network.ts'

t.test('a refusal carries the ETag of the object or none, never that of its own text', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const url = `/v1/referrals/${await sendFrom(sender, receiver)}`
  const { headers } = await receiver.get(url)
  t.equal(headers['cache-control'], 'private, no-cache', 'nobody on the way keeps it')
  const current = headers['etag']
  const stale = await receiver.post(`${url}/accept`, {}, { 'if-match': '"stale"' })
  t.equal(stale.status, 412)
  t.equal(stale.headers['etag'], current)
  for (const answer of [
    await receiver.get('/v1/referrals'),
    await receiver.get('/nowhere'),
    await receiver.post(url, {}),
  ]) {
    t.ok(answer.status >= 400)
    t.equal(answer.headers['etag'], undefined, answer.text)
  }
})

t.test('browsers are told to insist on https only where Waggle is reached by it', async (t) => {
  const secure = await testApp(t)
  const headers = (await secure.app.inject('/docs/')).headers
  t.match(baseUrl, /^https:/)
  t.ok(headers['strict-transport-security'])
  const plain = await testApp(t, { baseUrl: 'http://waggle.test' })
  const bare = (await plain.app.inject('/docs/')).headers
  t.equal(bare['strict-transport-security'], undefined)
  t.notMatch(bare['content-security-policy'], 'upgrade-insecure-requests')
})

t.test(
  'every answer forbids frames, foreign bases and sniffing, a refusal before the route included',
  async (t) => {
    const { app } = await testApp(t, {
      limits: { client: { burst: 1, perSecond: 1 }, address: { burst: 8, perSecond: 1 } },
    })
    const statuses = []
    for (const url of [
      '/livez',
      '/docs/',
      '/docs/json',
      '/problems/gone',
      '/metrics',
      '/join',
      '/v1/me',
      '/nowhere',
      '/%00',
      '/%',
      '/home',
      '/oauth/token',
    ]) {
      const { headers, statusCode } = await app.inject(url)
      statuses.push(statusCode)
      if (statusCode !== 303) t.match(headers['content-type'], '; charset=utf-8', url)
      for (const rule of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
        t.match(headers['content-security-policy'], rule, `${url}: ${rule}`)
      t.match(
        headers,
        {
          'x-content-type-options': 'nosniff',
          'strict-transport-security': 'max-age=31536000; includeSubDomains',
        },
        url,
      )
    }
    t.strictSame(statuses, [200, 200, 200, 200, 200, 200, 401, 404, 400, 400, 303, 429])
  },
)

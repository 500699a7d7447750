import t from 'tap'
import { bearing } from '../../src/console/dance.tsx'
import { testApp } from '../helpers/app.ts'

t.test('the stylesheet and every font that it names come from this house', async (t) => {
  const { app } = await testApp(t)
  const { statusCode, headers, body } = await app.inject('/assets/console.css')
  t.equal(statusCode, 200)
  t.match(headers['content-type'], 'text/css')
  t.match(body, '.letter-page')
  t.notMatch(body, /url\((?!\/assets\/)|@import|https?:/)
  const fonts = [...new Set([...body.matchAll(/url\(([^)]+\.woff2)\)/g)].map(([, path]) => String(path)))]
  t.ok(fonts.length >= 8)
  for (const path of fonts) {
    const font = await app.inject(path)
    t.strictSame([font.statusCode, font.headers['content-type']], [200, 'font/woff2'])
    t.equal(font.rawPayload.subarray(0, 4).toString(), 'wOF2')
  }
})

t.test('no other file is served', async (t) => {
  const { app } = await testApp(t)
  for (const path of ['package.json', '..%2fpackage.json', '..%2f..%2f..%2fpackage.json', 'x.woff2']) {
    t.equal((await app.inject(`/assets/fonts/${path}`)).statusCode, 404)
  }
})

t.test('the dance points the way', async (t) => {
  const lyon = { lat: 45.75, lon: 4.85 }
  t.equal(Math.round(bearing(lyon, { lat: 50, lon: 4.85 })), 0)
  t.equal(Math.round(bearing({ lat: 0, lon: 0 }, { lat: 0, lon: 10 })), 90)
  t.equal(Math.round(bearing({ lat: 38.72, lon: -9.14 }, lyon)), 51)
})

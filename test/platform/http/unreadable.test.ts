import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { testApp } from '../../helpers/app.ts'

t.test('what never becomes a request is answered with a problem too', async (t) => {
  const { app } = await testApp(t)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const send = async (bytes: string) => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(bytes)
    return text(socket)
  }
  const cases = [
    ['NOT HTTP AT ALL\r\n\r\n', 400, 'malformed_request'],
    [`GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
  ] as const
  for (const [bytes, status, code] of cases) {
    const answer = await send(bytes)
    t.match(answer, new RegExp(`^HTTP/1.1 ${String(status)} `))
    t.match(answer, 'content-type: application/problem+json')
    t.match(JSON.parse(answer.slice(answer.indexOf('{'))), { status, code })
  }
})

import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { catalogue, type ProblemCode } from '../../../src/platform/errors.ts'
import { testApp } from '../../helpers/app.ts'

/** A server on a port of its own, which is sent bytes as they are. */
const listening = async (t: Test) => {
  const { app, logs } = await testApp(t)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  /** @returns all that comes back until the server hangs up */
  const send = async (bytes: string) => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(bytes)
    return text(socket)
  }
  return { send, logs }
}

/** Stands in what is sent wherever it can; no answer and no log may hold it. */
const marker = 'geheim-0815'

const requestOf = (method: string, target: string, headers: readonly string[] = []) =>
  [
    `${method} ${target} HTTP/1.1`,
    'host: a',
    'connection: close',
    `x-marker: ${marker}`,
    `cookie: a=${marker}`,
    ...headers,
    '',
    '',
  ].join('\r\n')

const isProblem = (t: Test, answer: string, code: ProblemCode, about: string) => {
  const { status } = catalogue[code]
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  t.match(head, new RegExp(`^HTTP/1.1 ${String(status)} `), about)
  for (const header of [
    /^content-type: application\/problem\+json; charset=utf-8$/im,
    /^x-content-type-options: nosniff$/im,
    /^strict-transport-security: max-age=31536000/im,
    /^cache-control: no-store$/im,
  ])
    t.match(head, header, about)
  t.match(JSON.parse(body), { status, code }, about)
  t.notMatch(answer, marker, `${about}: nothing is said back`)
}

const many = (count: number, line: string) => Array.from({ length: count }, () => line)

t.test('what can be no request of ours is answered with a problem', async (t) => {
  const { send, logs } = await listening(t)

  t.test('bytes that are not HTTP, and requests whose end can be read in two ways', async (t) => {
    for (const [about, bytes] of Object.entries({
      'no HTTP at all': `NOT HTTP ${marker}\r\n\r\n`,
      'no host': `GET /v1/me HTTP/1.1\r\nconnection: close\r\nx: ${marker}\r\n\r\n`,
      'two lengths': requestOf('POST', '/oauth/token', ['content-length: 5', 'content-length: 6']),
      'a length and chunks': requestOf('POST', '/oauth/token', [
        'content-length: 5',
        'transfer-encoding: chunked',
      ]),
      'a length that is none': requestOf('POST', '/oauth/token', ['content-length: 5 5']),
      'a header of two lines': requestOf('GET', '/v1/me', ['x: a', ' b: c']),
      'a header without a name': requestOf('GET', '/v1/me', [': a']),
      'a line end alone in a header': requestOf('GET', '/v1/me', ['x: a\rb: c']),
    }))
      isProblem(t, await send(bytes), 'malformed_request', about)
  })

  t.test('methods that nothing here knows, on the API and on pages', async (t) => {
    for (const target of ['/v1/me', '/v1/referrals', '/home', '/sign-in', `/m/${'A'.repeat(22)}`]) {
      for (const method of ['TRACE', 'PUT', 'PROPFIND', 'M-SEARCH'])
        isProblem(t, await send(requestOf(method, target)), 'method_not_allowed', `${method} ${target}`)
      for (const method of ['FOO', 'get', 'QUERY', 'TRACK'])
        isProblem(t, await send(requestOf(method, target)), 'malformed_request', `${method} ${target}`)
    }
    for (const target of ['evil.example:443', '/v1/me', '/home'])
      t.equal(await send(requestOf('CONNECT', target)), '', `no tunnel to ${target}: the line is cut`)
    isProblem(t, await send(requestOf('OPTIONS', '*')), 'not_found', 'OPTIONS *')
  })

  t.test('headers and addresses that are too long or too many', async (t) => {
    const x = 'x'.repeat(20_000)
    for (const [about, bytes, code] of [
      ['one long header', requestOf('GET', '/v1/me', [`x: ${x}`]), 'headers_too_large'],
      ['one long name', requestOf('GET', '/v1/me', [`${x}: x`]), 'headers_too_large'],
      ['an address that fills all', requestOf('GET', `/${x}`), 'headers_too_large'],
      ['a hundred headers', requestOf('GET', '/v1/me', many(96, 'a: b')), 'unauthenticated'],
      ['one more', requestOf('GET', '/v1/me', many(97, 'a: b')), 'headers_too_large'],
      ['more than Node reads', requestOf('GET', '/v1/spaces', many(2_500, 'a: b')), 'headers_too_large'],
      ['a long path', requestOf('GET', `/v1/me/${x.slice(0, 8_000)}`), 'uri_too_long'],
      ['a long query', requestOf('GET', `/v1/spaces?q=${x.slice(0, 8_000)}`), 'uri_too_long'],
    ] as const)
      isProblem(t, await send(bytes), code, about)
    const { instance } = JSON.parse(
      (await send(requestOf('GET', `/${'x-'.repeat(2_000)}`))).split('\r\n\r\n')[1] ?? '',
    ) as { instance: string }
    t.equal(instance.length, 2_000, 'no more of a path is said back than the contract tells')
  })

  t.test('an expectation that nobody knows changes nothing', async (t) => {
    isProblem(t, await send(requestOf('GET', '/v1/me', [`expect: ${marker}`])), 'unauthenticated', 'expect')
  })

  t.test('the host of an absolute address is in no answer', async (t) => {
    for (const target of ['/people/mgr_x/remove', '/devices', '/sign-in?return=/a', '', '?a', '/nowhere']) {
      const answer = await send(requestOf('GET', `http://${marker}.example${target}`))
      t.match(answer, /^HTTP\/1.1 [234]\d\d /, target)
      t.notMatch(answer, marker, target)
    }
  })

  t.test('and nothing of it is in the log', (t) => {
    t.ok(logs.length > 20, 'requests are logged')
    t.notMatch(logs.join(''), marker)
    t.notMatch(logs.join(''), 'x'.repeat(2_001))
    t.end()
  })
})

import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { problem } from '../../../src/platform/contract.ts'
import { catalogue } from '../../../src/platform/errors.ts'
import { problemsByStatus } from '../../../src/platform/http/operation-problems.ts'
import { toJsonSchema, type JsonSchema } from '../../../src/platform/http/schemas.ts'
import { buildSerializer } from '../../../src/platform/http/serialisation.ts'
import { scopesFor } from '../../../src/access/scopes.ts'
import type { Operation } from '../../../src/platform/operation.ts'
import { testApp, type TestApp } from '../../helpers/app.ts'
import { addManager } from '../../helpers/managers.ts'
import { addSpace, tokenFor } from '../../helpers/network.ts'

const someId = '01kn3xq5wde7mvqrb2fj8s6t4a'
const prefixOf: Record<string, string> = {
  spaceId: 'spc',
  referralId: 'ref',
  applicationId: 'app',
  managerId: 'mgr',
  clientId: 'cli',
}

const urlOf = (operation: Operation) =>
  operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `${prefixOf[name] ?? 'ref'}_${someId}`)

const ask = (
  test: TestApp,
  operation: Operation,
  headers: Record<string, string>,
  payload?: string | object,
) =>
  test.app.inject({
    method: operation.method,
    url: urlOf(operation),
    headers,
    ...(payload !== undefined && { payload }),
  })

type Response = Awaited<ReturnType<typeof ask>>

/** Whatever the refusal is, it is a problem: type, media type, code and status agree. */
const isProblem = (t: Test, answer: Response, status: number, code: string, about: string) => {
  t.equal(answer.statusCode, status, `${about}: ${answer.body}`)
  t.match(answer.headers['content-type'], 'application/problem+json', about)
  const body = problem.loose().parse(answer.json())
  t.match(body, { status, code, title: catalogue[code as keyof typeof catalogue].title }, about)
  t.ok(answer.headers['ratelimit'], `${about}: says what is left of the limit`)
  t.ok(answer.headers['ratelimit-policy'])
}

const json = { 'content-type': 'application/json' }
const typeOf = (operation: Operation) => ({ 'content-type': operation.bodyType ?? 'application/json' })
const key = () => ({ 'idempotency-key': randomUUID() })
const needsKey = (operation: Operation) => operation.method === 'POST' && operation.idempotent !== false

t.test('the conventions hold for every operation', async (t) => {
  const test = await testApp(t)
  const spaceId = await addSpace(test)
  const authorization = `Bearer ${await tokenFor(test, { spaceId }, [...scopesFor('space')])}`
  const owner = await addManager(test, { spaceId, role: 'owner' })
  const stewards = await addManager(test, 'steward')
  /** Somebody who may do it. */
  const bearerOf = ({ scope }: Operation) =>
    `Bearer ${scope === 'network:admin' ? stewards.token : owner.token}`
  const operations = [...test.app.operations.values()]
  const reading = operations.filter(
    ({ body, bodyType }) => body && bodyType !== 'application/x-www-form-urlencoded',
  )
  t.ok(operations.length > 15)

  t.test('without a token: 401 that says how', (t) =>
    eachOf(
      t,
      operations.filter(({ scope }) => scope),
      async (operation) => {
        const answer = await ask(
          test,
          operation,
          { ...typeOf(operation), ...key() },
          operation.body ? '{' : undefined,
        )
        isProblem(t, answer, 401, 'unauthenticated', operation.id)
        t.equal(answer.headers['www-authenticate'], 'Bearer')
      },
    ),
  )

  t.test('with a token that lacks the scope: 403 that names it', (t) =>
    eachOf(
      t,
      operations.filter(({ scope }) => scope && scope !== 'any'),
      async (operation) => {
        const others = scopesFor('space').filter(
          (one) => one !== operation.scope && !one.startsWith('network:'),
        )
        const token = await tokenFor(test, { spaceId }, others)
        const headers = {
          authorization: `Bearer ${token}`,
          ...typeOf(operation),
          ...key(),
          'if-match': '"1"',
        }
        const query = operation.id === 'listReferrals' ? '?box=sent' : ''
        const answer = await test.app.inject({
          method: operation.method,
          url: urlOf(operation) + query,
          headers,
          ...(operation.body && { payload: JSON.stringify(operation.bodyExample ?? {}) }),
        })
        isProblem(t, answer, 403, 'insufficient_scope', operation.id)
        if (operation.id !== 'registerSpace')
          t.match(answer.headers['www-authenticate'], String(operation.scope))
      },
    ),
  )

  t.test('a body that is not JSON, not UTF-8, or holds NUL or half a surrogate pair: 400', (t) =>
    eachOf(t, reading, async (operation) => {
      const headers = { authorization, ...typeOf(operation), ...key() }
      for (const [name, payload] of [
        ['cut', '{"a":'],
        ['latin-1', Buffer.from('{"name":"caf\xe9"}', 'latin1')],
        ['NUL', '{"name":"a\\u0000b"}'],
        ['surrogate', '{"name":"a\\ud800b"}'],
        ['key', '{"na\\u0000me":1}'],
        ['prototype', '{"__proto__":{"a":1}}'],
        ['escaped prototype', '{"\\u005f_proto__":{"a":1}}'],
      ] as const) {
        isProblem(
          t,
          await ask(test, operation, headers, payload),
          400,
          'malformed_request',
          `${operation.id} ${name}`,
        )
      }
    }),
  )

  t.test('a field that is not in the contract: 422 that points at it', (t) =>
    eachOf(t, reading, async (operation) => {
      const payload = { ...(operation.bodyExample as object | undefined), 'a/b~c': 1 }
      const answer = await ask(
        test,
        operation,
        { authorization, ...typeOf(operation), ...key(), 'if-match': '"1"' },
        payload,
      )
      isProblem(t, answer, 422, 'validation_failed', operation.id)
      t.match(answer.json(), { errors: [{ pointer: '/a~1b~0c' }] })
    }),
  )

  t.test('a body where none is taken: 422, but for an empty object', (t) =>
    eachOf(
      t,
      operations.filter(({ body, method }) => !body && method === 'POST'),
      async (operation) => {
        const headers = { authorization: bearerOf(operation), ...key() }
        isProblem(t, await ask(test, operation, headers, { a: 1 }), 422, 'validation_failed', operation.id)
        isProblem(
          t,
          await ask(test, operation, { ...headers, ...json }, '[]'),
          422,
          'validation_failed',
          operation.id,
        )
        t.equal((await ask(test, operation, headers, {})).statusCode, 404, 'there is none of this id')
      },
    ),
  )

  t.test('no body where one is needed: 422; another media type: 415; more than 64 KiB: 413', (t) =>
    eachOf(t, reading, async (operation) => {
      const headers = { authorization, ...key(), 'if-match': '"1"' }
      isProblem(
        t,
        await ask(test, operation, { ...headers, ...typeOf(operation) }),
        422,
        'validation_failed',
        operation.id,
      )
      const asText = await ask(test, operation, { ...headers, 'content-type': 'text/plain' }, 'a=1')
      isProblem(t, asText, 415, 'unsupported_media_type', operation.id)
      const large = await ask(
        test,
        operation,
        { ...headers, ...typeOf(operation) },
        `{"a":"${'x'.repeat(65_536)}"}`,
      )
      isProblem(t, large, 413, 'payload_too_large', operation.id)
    }),
  )

  t.test('a POST without an Idempotency-Key: 400; one that is not printable or too long: 400', (t) =>
    eachOf(t, operations.filter(needsKey), async (operation) => {
      const headers = { authorization, ...(operation.body && json) }
      const payload = operation.body ? JSON.stringify(operation.bodyExample) : undefined
      isProblem(t, await ask(test, operation, headers, payload), 400, 'idempotency_key_missing', operation.id)
      for (const bad of ['a b', 'x'.repeat(256), '""']) {
        const answer = await ask(test, operation, { ...headers, 'idempotency-key': bad }, payload)
        isProblem(t, answer, 400, 'idempotency_key_invalid', `${operation.id} ${bad}`)
      }
    }),
  )

  t.test('an unknown, a foreign and a malformed id in the path: 404, all alike', (t) =>
    eachOf(
      t,
      operations.filter(({ params }) => params),
      async (operation) => {
        for (const id of [
          'ref_nonsense',
          'spc_ZZZ',
          'ref_00000000000000000000000001',
          'spc_00000000000000000000000001',
          `cli_${someId}`,
          '%00',
          '..%2f..',
          'x'.repeat(150),
        ]) {
          const answer = await test.app.inject({
            method: operation.method,
            url: operation.path.replace(/\{\w+\}/, id),
            headers: {
              authorization: bearerOf(operation),
              ...(operation.body && typeOf(operation)),
              ...key(),
              'if-match': '"1"',
            },
            ...(operation.body && { payload: JSON.stringify(operation.bodyExample ?? {}) }),
          })
          if (id === '%00') t.ok([400, 404].includes(answer.statusCode), operation.id)
          else isProblem(t, answer, 404, 'not_found', `${operation.id} ${id}`)
        }
      },
    ),
  )

  t.test('a cursor that was tampered with, or made for another list: 400', (t) =>
    eachOf(
      t,
      operations.filter(({ problems }) => problems.includes('invalid_cursor')),
      async (operation) => {
        if (operation.params) return
        const query = operation.id === 'listReferrals' ? '?box=sent&' : '?'
        for (const cursor of ['x', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'é']) {
          const answer = await test.app.inject({
            method: 'GET',
            url: `${urlOf(operation)}${query}cursor=${encodeURIComponent(cursor)}`,
            headers: { authorization: bearerOf(operation) },
          })
          isProblem(t, answer, 400, 'invalid_cursor', `${operation.id} ${cursor}`)
        }
      },
    ),
  )

  t.test('a query that the contract does not know: 422', (t) =>
    eachOf(
      t,
      operations.filter(({ query }) => query),
      async (operation) => {
        for (const query of ['surprise=1', 'limit=0', 'limit=101', 'limit=', 'limit=1&limit=2']) {
          const box = operation.id === 'listReferrals' ? '&box=sent' : ''
          const answer = await test.app.inject({
            method: 'GET',
            url: `${urlOf(operation)}?${query}${box}`,
            headers: { authorization },
          })
          isProblem(t, answer, 422, 'validation_failed', `${operation.id} ${query}`)
        }
      },
    ),
  )

  t.test('another method: 405 that lists those allowed', (t) =>
    eachOf(t, operations, async (operation) => {
      const answer = await test.app.inject({
        method: 'DELETE',
        url: urlOf(operation),
        headers: { authorization },
      })
      isProblem(t, answer, 405, 'method_not_allowed', operation.id)
      t.match(answer.headers['allow'], operation.method)
    }),
  )

  const writerOf = buildSerializer(test.app.getSchemas() as Record<string, JsonSchema>)
  t.test('every example is what its schema says and leaves so, every problem is in the catalogue', (t) =>
    eachOf(t, operations, (operation) => {
      for (const { schema, example } of Object.values(operation.answers)) {
        if (!schema) continue
        t.doesNotThrow(() => schema.parse(example), `${operation.id} answer`)
        const write = writerOf({ schema: toJsonSchema(schema, new Map()), method: operation.method, url: '' })
        t.strictSame(JSON.parse(write(example)), example, `${operation.id} written`)
      }
      if (operation.body)
        t.doesNotThrow(() => operation.body?.parse(operation.bodyExample), `${operation.id} body`)
      for (const codes of Object.values(problemsByStatus(operation)))
        for (const code of codes) t.ok(catalogue[code], code)
      return Promise.resolve()
    }),
  )

  await t.test('unknown addresses, and addresses that cannot be read', async (t) => {
    isProblem(t, await test.app.inject('/nowhere'), 404, 'not_found', 'nowhere')
    const bad = await test.app.inject('/v1/%zz')
    t.equal(bad.statusCode, 400)
    t.match(bad.json(), { code: 'malformed_request' })
  })
})

const eachOf = async (t: Test, operations: Operation[], check: (operation: Operation) => Promise<void>) => {
  t.ok(operations.length > 0, 'there are such operations')
  for (const operation of operations) await check(operation)
}

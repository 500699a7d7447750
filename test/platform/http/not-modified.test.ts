import t from 'tap'
import { testApp } from '../../helpers/app.ts'
import { applyAndConfirm } from '../../helpers/applying.ts'
import { addManager } from '../../helpers/managers.ts'
import { createClient } from '../../../src/access/create-client.ts'
import { addCaller, newReferral, sendFrom, steward as commandLine } from '../../helpers/network.ts'

interface Document {
  readonly paths: Readonly<
    Record<string, { get?: { responses: Record<string, object>; parameters: object[] } }>
  >
}

t.test('what is read again by its ETag is answered 304 without a body, as the contract says', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const referralId = await sendFrom(sender, receiver)
  const { id: applicationId } = await applyAndConfirm(test)
  const owner = await addManager(test, { spaceId: sender.spaceId, role: 'owner' })
  const steward = await addManager(test, 'steward')
  const { spaceId } = sender
  const program = { name: 'Front desk', owner: { spaceId }, scopes: ['spaces:read'] } as const
  const { clientId } = await createClient(commandLine(test), program)
  const ids: Readonly<Record<string, string>> = { spaceId, referralId, applicationId, clientId }
  const { paths } = test.app.swagger() as unknown as Document
  const reads = [...test.app.operations.values()].filter(({ method }) => method === 'GET')
  t.ok(reads.length > 10)
  for (const { id, path, scope } of reads) {
    const reader = scope === 'network:admin' || path.startsWith('/v1/applications') ? steward : owner
    const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '')
    const query = id === 'listReferrals' ? '?box=sent' : ''
    const first = await reader.get(url + query)
    t.equal(first.status, 200, `${id}: ${first.text}`)
    const again = await reader.get(url + query, { 'if-none-match': String(first.headers['etag']) })
    t.match([again.status, again.text], [304, ''], id)
    t.equal(again.headers['etag'], first.headers['etag'], id)
    const printed = paths[path]?.get
    t.match(printed?.responses['304'], { $ref: '#/components/responses/not_modified' }, id)
    t.match(printed?.responses['200'], { headers: { ETag: {} } }, id)
    t.ok(JSON.stringify(printed?.parameters).includes('IfNoneMatch'), id)
  }
})

t.test('who writes gets the answer, also the same one again', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const send = (headers: Record<string, string>) =>
    sender.post('/v1/referrals', newReferral(receiver.spaceId), { 'idempotency-key': 'one', ...headers })
  const sent = await send({})
  const again = await send({ 'if-none-match': String(sent.headers['etag']) })
  t.match([again.status, again.text], [201, sent.text])
})

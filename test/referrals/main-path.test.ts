import t from 'tap'
import { testApp } from '../helpers/app.ts'
import { addCaller, addSpace, newReferral, sendFrom } from '../helpers/network.ts'

t.test(
  'two spaces walk send → accept → record-visit → start-trial → close(joined), and the points follow',
  async (t) => {
    const test = await testApp(t)
    const [sender, receiver] = [await addCaller(test), await addCaller(test)]
    const sent = await sender.post('/v1/referrals', newReferral(receiver.spaceId, { externalRef: 'crm-1' }))
    t.equal(sent.status, 201, sent.text)
    t.match(sent.body, { role: 'sender', status: 'sent', phase: 'pending', externalRef: 'crm-1', version: 1 })
    t.equal(sent.headers['location'], `/v1/referrals/${String(sent.body.id)}`)
    const url = `/v1/referrals/${String(sent.body.id)}`

    const net = async (who: typeof sender) => (await who.get('/v1/reciprocity')).body
    const steps: [string, unknown, string, number, number][] = [
      ['accept', { terms: { kind: 'free', note: 'a week' }, message: 'Ring.' }, 'accepted', 0, 100],
      ['record-visit', { on: '2026-11-20' }, 'visited', 10, 90],
      ['start-trial', undefined, 'trial', 25, 75],
      ['close', { outcome: 'joined' }, 'closed', 100, 0],
    ]
    for (const [verb, body, status, earned, inFlight] of steps) {
      const answer = await receiver.post(`${url}/${verb}`, body)
      t.equal(answer.status, 200, answer.text)
      t.equal(answer.body.status, status)
      t.match((await net(sender)).points, { earned, net: earned, inFlight }, `${verb}: the sender's points`)
      t.match(
        (await net(receiver)).points,
        { owed: earned, net: -earned, inFlight: 0 },
        `${verb}: the receiver's points`,
      )
    }
    t.match((await net(sender)).referrals, { sent: 1, received: 0, sentActive: 0, sentJoined: 1 })
    t.match((await net(receiver)).referrals, { sent: 0, received: 1, receivedActive: 0, receivedJoined: 1 })

    const events = (await receiver.get(`${url}/events`)).body.data
    t.same(
      events.map((one: { seq: number; event: string; toStatus: string }) => [
        one.seq,
        one.event,
        one.toStatus,
      ]),
      [
        [1, 'submit', 'sent'],
        [2, 'accept', 'accepted'],
        [3, 'record-visit', 'visited'],
        [4, 'start-trial', 'trial'],
        [5, 'close', 'closed'],
      ],
    )
  },
)

t.test('a third space gets 404 on the referral and on every verb', async (t) => {
  const test = await testApp(t)
  const [sender, receiver, outsider] = [await addCaller(test), await addCaller(test), await addCaller(test)]
  const url = `/v1/referrals/${await sendFrom(sender, receiver)}`
  t.equal((await outsider.get(url)).status, 404)
  t.equal((await outsider.get(`${url}/events`)).status, 404)
  const verbs: [string, unknown?][] = [
    ['submit'],
    ['confirm-notice'],
    ['accept', {}],
    ['decline', { reason: 'no_capacity' }],
    ['withdraw'],
    ['record-visit', { on: '2026-11-20' }],
    ['start-trial'],
    ['close', { outcome: 'joined' }],
  ]
  for (const [verb, body] of verbs) {
    const answer = await outsider.post(`${url}/${verb}`, body)
    t.equal(answer.status, 404, verb)
    const unknown = await outsider.post(`/v1/referrals/ref_01kn3xq5wde7mvqrb2fj8s6t4a/${verb}`, body)
    t.same(
      { ...unknown.body, instance: '', requestId: '' },
      { ...answer.body, instance: '', requestId: '' },
      'like an unknown one',
    )
    t.equal((await outsider.post(`/v1/referrals/nonsense/${verb}`, body)).status, 404)
  }
  t.match((await outsider.get('/v1/referrals?box=sent')).body.data, [])
  t.match((await outsider.get('/v1/referrals?box=received')).body.data, [])
  t.match((await sender.get(url)).body, { status: 'sent', version: 1 }, 'nothing has changed')
})

t.test('an illegal move is a 409 that lists the legal ones for this caller', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const url = `/v1/referrals/${await sendFrom(sender, receiver)}`
  const bySender = await sender.post(`${url}/accept`, {})
  t.match(bySender.body, { code: 'illegal_transition', currentStatus: 'sent', legalEvents: ['withdraw'] })
  const early = await receiver.post(`${url}/record-visit`, { on: '2026-11-20' })
  t.match(early.body, { status: 409, legalEvents: ['ask', 'accept', 'decline', 'forward'] })
  await receiver.post(`${url}/decline`, { reason: 'no_capacity' })
  t.match((await receiver.post(`${url}/accept`, {})).body, { code: 'illegal_transition', legalEvents: [] })
})

t.test('declineReferral takes a reason and a redirect to a space of the network', async (t) => {
  const test = await testApp(t)
  const [sender, receiver, other] = [await addCaller(test), await addCaller(test), await addCaller(test)]
  const url = `/v1/referrals/${await sendFrom(sender, receiver)}`
  const decline = (body: object) => receiver.post(`${url}/decline`, body)
  t.match((await decline({ reason: 'other' })).body, {
    code: 'validation_failed',
    errors: [{ pointer: '/note' }],
  })
  t.equal((await decline({ reason: 'too_ugly' })).status, 422)
  const unclaimed = await addSpace(test, { status: 'unclaimed' })
  for (const redirectToSpaceId of [unclaimed, sender.spaceId, receiver.spaceId]) {
    t.equal((await decline({ reason: 'no_capacity', redirectToSpaceId })).status, 422)
  }
  const done = await decline({ reason: 'other', note: 'We close in May.', redirectToSpaceId: other.spaceId })
  t.equal(done.status, 200, done.text)
  t.match((await sender.get(url)).body, {
    status: 'declined',
    declineReason: 'other',
    declineNote: 'We close in May.',
    redirectToSpaceId: other.spaceId,
  })
})

t.test('closing without joining voids what is open and keeps what was posted', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const url = `/v1/referrals/${await sendFrom(sender, receiver)}`
  await receiver.post(`${url}/accept`, {})
  await receiver.post(`${url}/record-visit`, { on: '2026-11-20' })
  t.equal((await receiver.post(`${url}/close`, { outcome: 'not_joined' })).status, 422, 'needs a reason')
  t.equal(
    (await receiver.post(`${url}/close`, { outcome: 'joined', reason: 'price' })).status,
    422,
    'takes none',
  )
  const closed = await receiver.post(`${url}/close`, { outcome: 'not_joined', reason: 'price' })
  t.match(closed.body, { status: 'closed', outcome: 'not_joined', outcomeReason: 'price' })
  t.match((await sender.get('/v1/reciprocity')).body.points, { earned: 10, net: 10, inFlight: 0 })
})

t.test('sendReferral refuses what cannot be sent, and names the field', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const send = (fields: object, to = receiver.spaceId) =>
    sender.post('/v1/referrals', { ...newReferral(to), ...fields })
  const pointer = (answer: { body: { errors: { pointer: string }[] } }) => answer.body.errors[0]?.pointer
  t.equal(pointer(await send({}, sender.spaceId)), '/toSpaceId')
  t.equal(pointer(await send({}, 'spc_01kn3xq5wde7mvqrb2fj8s6t4a')), '/toSpaceId')
  t.equal(pointer(await send({ member: { name: 'Ada' } })), '/member')
  t.equal(
    pointer(await send({ member: { name: 'Ada', phone: '+33612345678' }, consent: { kind: 'link' } })),
    '/member/email',
  )
  t.equal(
    pointer(await send({ consent: { kind: 'attested', obtainedOn: '2026-11-21', how: 'in_person' } })),
    '/consent/obtainedOn',
  )
  t.equal(pointer(await send({ surprise: 1 })), '/surprise')
  const telling = await send({ brief: { summary: 'Ádà draws' }, note: 'write to ADA@example.org' })
  t.match(telling.body, {
    status: 422,
    code: 'identity_in_brief',
    errors: [{ pointer: '/brief/summary' }, { pointer: '/note' }],
  })
  t.equal((await sender.get('/v1/referrals?box=sent')).body.data.length, 0, 'nothing was kept')
})

t.test('a receiver that is away or closed is told of with the date, and gets nothing', async (t) => {
  const test = await testApp(t)
  const sender = await addCaller(test)
  const away = await addSpace(test, {
    hostingPolicy: { intake: 'open', awayUntil: '2026-12-01T00:00:00.000Z' },
  })
  const closed = await addSpace(test, { hostingPolicy: { intake: 'closed' } })
  t.match((await sender.post('/v1/referrals', newReferral(away))).body, {
    code: 'receiver_paused',
    awayUntil: '2026-12-01T00:00:00.000Z',
  })
  t.match((await sender.post('/v1/referrals', newReferral(closed))).body, {
    code: 'receiver_paused',
    awayUntil: null,
  })
  const back = await addSpace(test, {
    hostingPolicy: { intake: 'open', awayUntil: '2026-11-01T00:00:00.000Z' },
  })
  t.equal((await sender.post('/v1/referrals', newReferral(back))).status, 201)
})

t.test('what speaks against the stay is a warning, not a refusal', async (t) => {
  const test = await testApp(t)
  const sender = await addCaller(test)
  const fussy = await addSpace(test, {
    hostingPolicy: {
      intake: 'limited',
      accepts: ['visit'],
      noticeDays: 14,
      blackouts: [{ from: '2026-11-24', to: '2026-11-30' }],
    },
  })
  const brief = { summary: 'Quiet', stay: 'join', needs: { from: '2026-11-25' } }
  const answer = await sender.post('/v1/referrals', newReferral(fussy, { brief }))
  t.equal(answer.status, 201, answer.text)
  t.same(answer.body.warnings, ['stay_not_accepted', 'blackout', 'short_notice'])
})

t.test(
  'a space that is not in the network gets an invitation; the draft is submitted once it has joined',
  async (t) => {
    const test = await testApp(t)
    const sender = await addCaller(test)
    const outside = await addSpace(test, { status: 'unclaimed' })
    const draft = await sender.post('/v1/referrals', newReferral(outside))
    t.match(draft.body, { status: 'draft', phase: 'preparing' })
    t.match(draft.body.inviteUrl, /^https:\/\/waggle\.test\/i\/[\w-]{22}$/)
    const url = `/v1/referrals/${String(draft.body.id)}`
    t.equal((await sender.post(`${url}/submit`)).body.code, 'receiver_paused')
    t.match((await sender.get('/v1/reciprocity')).body.referrals, { sent: 0 }, 'a draft is not counted')
    await test.deps.db.pool.query(`update spaces set status = 'admitted' where slug = $1`, [
      outside.replace('_', '-'),
    ])
    t.match((await sender.post(`${url}/submit`)).body, { status: 'sent', inviteUrl: null })
    t.match((await sender.get('/v1/reciprocity')).body.referrals, { sent: 1 })
  },
)

t.test('an externalRef is unique among the referrals of its sender and unseen by the receiver', async (t) => {
  const test = await testApp(t)
  const [sender, receiver] = [await addCaller(test), await addCaller(test)]
  const id = await sendFrom(sender, receiver, { externalRef: 'crm-7' })
  const again = await sender.post('/v1/referrals', newReferral(receiver.spaceId, { externalRef: 'crm-7' }))
  t.match(again.body, { status: 409, code: 'external_ref_taken' })
  t.equal((await receiver.get(`/v1/referrals/${id}`)).body.externalRef, null)
  t.equal(
    (await receiver.post('/v1/referrals', newReferral(sender.spaceId, { externalRef: 'crm-7' }))).status,
    201,
  )
  const found = await sender.get('/v1/referrals?box=sent&externalRef=crm-7')
  t.same(
    found.body.data.map((one: { id: string }) => one.id),
    [id],
  )
})

import { randomUUID } from 'node:crypto'
import { createClient } from '../../src/access/create-client.ts'
import { linkUrl } from '../../src/members/link.ts'
import { systemClock, dayOf, instant, day } from '../../src/platform/clock.ts'
import type { Ctx, Deps } from '../../src/platform/context.ts'
import type { Id } from '../../src/platform/ids.ts'
import { putSpace } from '../helpers/spaces.ts'
import { ownForm } from '../console/pages.ts'
import type { Answer, Server } from '../running/server.ts'
import { tokenOf } from '../running/network.ts'

/** A space that asks a running server. */
interface Caller {
  readonly spaceId: Id<'space'>
  post(path: string, body: object, key?: string): Promise<Answer['body']>
  get(path: string): Promise<Answer['body']>
}

const admit = async (deps: Deps, server: Server, name: string): Promise<Caller> => {
  const contactEmail = `desk@${name.toLowerCase()}.example`
  const spaceId = await putSpace(deps, { name, contactEmail })
  const steward: Ctx = { ...deps, actor: { kind: 'steward', id: 'test' }, requestId: 'test' }
  const client = await createClient(steward, {
    name,
    owner: { spaceId },
    scopes: ['referrals:read', 'referrals:write', 'members:read', 'reciprocity:read'],
  })
  const token = await tokenOf(server, { ...client, senderId: spaceId, receiverId: spaceId })
  const ask = async (path: string, init: RequestInit) => {
    const answer = await server.ask(path, init)
    if (answer.status >= 400) throw new Error(`${path}: ${answer.text}`)
    return answer.body
  }
  const authorization = `Bearer ${token}`
  return {
    spaceId,
    get: (path) => ask(path, { headers: { authorization } }),
    post: (path, body, key = randomUUID()) =>
      ask(path, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      }),
  }
}

/**
 * Where the contract takes words about a member, and which word of the story is written there. A field that is new is
 * entered here, and written by `liveThrough`.
 */
export const wordsByField: Readonly<Record<string, readonly string[]>> = {
  'sendReferral /member/name': ['name'],
  'sendReferral /member/email': ['mail'],
  'sendReferral /member/phone': [],
  'sendReferral /brief/summary': ['brief'],
  'sendReferral /brief/needs/amenities/*': ['need'],
  'sendReferral /note': ['note'],
  'sendReferral /externalRef': ['own'],
  'askQuestion /question': ['ask'],
  'answerQuestion /answer': ['answer'],
  'acceptReferral /terms/note': ['terms'],
  'acceptReferral /message': ['msg'],
  'declineReferral /note': ['refusal'],
  'forwardReferral /note': ['onward'],
  'disputeOutcome /note': ['account', 'reply'],
}

/** The person of the story: every field that somebody can fill about them holds a word that stands nowhere else. */
export const marked = (mark: string) => {
  const word = (field: string) => `${mark}${field}`
  return {
    word,
    fields: Object.values(wordsByField).flat().map(word),
    member: { name: word('name'), email: `${word('mail')}@person.example`, phone: '+33 6 98 76 54 32' },
    phoneParts: ['98 76 54 32', '98765432'],
  }
}

export type Person = ReturnType<typeof marked>

const attested = (named: boolean) => ({
  named,
  kind: 'attested',
  obtainedOn: dayOf(systemClock.now() - day),
  how: 'in_person',
})

/** Five referrals of one person: three of them one way, one that was declined, one by which the person joined. */
export const liveThrough = async (deps: Deps, server: Server, { word, member }: Person) => {
  const a = await admit(deps, server, 'Ahorn')
  const b = await admit(deps, server, 'Birke')
  const c = await admit(deps, server, 'Ceder')
  const d = await admit(deps, server, 'Distel')
  const press = async (id: string, name: string, fields: Record<string, string> = {}) => {
    const path = linkUrl('', deps.keys.link, 'member', { id: id as Id<'referral'>, linkNumber: null })
    const body = new URLSearchParams(fields).toString()
    const answer = await server.ask(`${path}/${name}`, {
      method: 'POST',
      headers: ownForm,
      body,
      redirect: 'manual',
    })
    if (answer.status !== 303) throw new Error(`${name}: ${String(answer.status)} ${answer.text}`)
  }
  const send = async (to: Caller, externalRef: string, named = false) => {
    const body = {
      toSpaceId: to.spaceId,
      member,
      brief: { summary: word('brief'), stay: 'relocate', needs: { amenities: [word('need')] } },
      note: word('note'),
      externalRef,
      consent: attested(named),
    }
    const key = randomUUID()
    const { id } = await a.post('/v1/referrals', body, key)
    // The answer that is kept for replay is found, too.
    await a.post('/v1/referrals', body, key)
    return id as string
  }
  const accept = (by: Caller, id: string) =>
    by.post(`/v1/referrals/${id}/accept`, {
      terms: { kind: 'free', note: word('terms') },
      message: word('msg'),
    })
  const forward = async (by: Caller, to: Caller, id: string) =>
    (await by.post(`/v1/referrals/${id}/forward`, { toSpaceId: to.spaceId, note: word('onward') }))
      .childId as string

  const joined = await send(b, word('own'))
  await accept(b, joined)
  await b.post(`/v1/referrals/${joined}/close`, { outcome: 'joined' })

  const declined = await send(d, 'declined', true)
  await d.post(`/v1/referrals/${declined}/decline`, { reason: 'other', note: word('refusal') })

  const first = await send(b, 'first')
  await b.post(`/v1/referrals/${first}/ask`, { question: word('ask') })
  await a.post(`/v1/referrals/${first}/answer`, { answer: word('answer') })
  await accept(b, first)
  await b.get(`/v1/referrals/${first}`)
  const second = await forward(b, c, first)
  await press(second, 'grant')
  await accept(c, second)
  const third = await forward(c, d, second)
  await press(third, 'grant')
  await accept(d, third)
  await press(third, 'schedule', { at: instant(systemClock.now() + 3 * day).slice(0, 16) })
  await c.post(`/v1/referrals/${third}/claim`, { stage: 'visited' })
  await d.post(`/v1/referrals/${third}/dispute`, { stage: 'none', note: word('account') })
  await c.post(`/v1/referrals/${third}/dispute`, { stage: 'trial', note: word('reply') })
  return { spaces: { a, b, c, d }, ids: { joined, declined, first, second, third }, press }
}

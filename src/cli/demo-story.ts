import type { LoadedSpaces } from '../../db/demo/actors.ts'
import { networkSteward, owners } from '../../db/demo/load-people.ts'
import { linkUrl } from '../members/link.ts'
import { day, dayOf } from '../platform/clock.ts'
import type { Deps } from '../platform/context.ts'
import type { Pump } from '../platform/jobs/outbox-pump.ts'
import { verifyLedger } from '../reciprocity/verify.ts'
import type { Referral } from '../referrals/contract-referral.ts'
import { balanceTable, type Change } from './demo-balances.ts'
import { signIn, type Partner } from './demo-partner.ts'
import { ledgerReport } from './verify-ledger.ts'

/** What the story is told on. */
interface Stage {
  readonly deps: Deps
  readonly mail: Pump
  /** A line for each mail that was written so far. */
  readonly mails: readonly string[]
  readonly loaded: LoadedSpaces
  readonly say: (line: string) => void
}

type Balance = Change['before']

interface Play extends Stage {
  readonly sender: Partner
  readonly receiver: Partner
}

const senderKey = 'nave'
const receiverKey = 'traboule'

const heroine = { name: 'Ana Moreira', email: 'ana.moreira@example.org' }

/** How the story ended. */
interface Ending {
  /** Whether every balance is what the entries say. */
  readonly holds: boolean
  /** What the listener can do next. */
  readonly invitation: string[]
}

/** One referral from beginning to end: every line with a path is a call over HTTP, and what was answered. */
export const tellStory = async (stage: Stage): Promise<Ending> => {
  const { say } = stage
  say('')
  say('Nave, a space in Porto, is losing a member to Lyon. Who is there?')
  const sender = await enter(stage, senderKey)
  const { data } = await sender.get<{ data: { name: string }[] }>('/v1/spaces?city=Lyon')
  say(`  ${data.map(({ name }) => name).join(', ')}`)
  const play = { ...stage, sender, receiver: await enter(stage, receiverKey) }
  const before = await balances(play)
  const id = await introduce(play)
  await stay(play, id)
  return { holds: await account(play, before), invitation: invitationOf(play, id) }
}

const enter = ({ deps, loaded, say }: Stage, key: string): Promise<Partner> => {
  const client = loaded.get(key)?.client
  if (!client) throw new Error(`The demo has no space ${key}`)
  return signIn({ baseUrl: deps.baseUrl, client, log: (line) => say(`  ${line}`) })
}

const balances = async ({ sender, receiver }: Play): Promise<[Balance, Balance]> => [
  await sender.get<Balance>('/v1/reciprocity'),
  await receiver.get<Balance>('/v1/reciprocity'),
]

/** From the sending to the moment in which everybody knows everybody. */
const introduce = async (play: Play): Promise<Referral['id']> => {
  const { deps, loaded, say, sender, receiver } = play
  const today = deps.clock.now()
  say('')
  say('It refers her to Traboule. She agreed yesterday, face to face, so the referral is on its way at once.')
  const { id, status } = await sender.post<Referral>('/v1/referrals', {
    toSpaceId: loaded.get(receiverKey)?.id,
    member: heroine,
    brief: {
      summary: 'Illustrator, moving to Lyon for good; wants quiet and daylight.',
      stay: 'relocate',
      needs: {
        deskKind: 'fixed_desk',
        daysPerWeek: 4,
        from: dayOf(today + 30 * day),
        amenities: ['quiet_room'],
      },
    },
    consent: { kind: 'attested', obtainedOn: dayOf(today - day), how: 'in_person' },
    note: 'She organised our drawing nights.',
  })
  say(
    `  It is ${status}; ${heroine.name} is told by mail, with a link to look at it and to withdraw her consent; Traboule is asked.`,
  )
  await sayMails(play)
  say('')
  say('Traboule reads who would come, and not who it is.')
  const path = `/v1/referrals/${id}`
  showCard(play, await receiver.get<Referral>(path))
  say('')
  say('Traboule says yes. One mail introduces the three to each other, and only now does Traboule see her.')
  await receiver.post<Referral>(`${path}/accept`, {
    terms: { kind: 'free', note: 'The first week is on us.' },
    message: 'Ring at the blue door.',
  })
  await sayMails(play)
  showCard(play, await receiver.get<Referral>(path))
  return id
}

const showCard = ({ say }: Stage, { brief, note, member }: Referral) => {
  say(`  “${brief?.summary ?? ''}” Nave adds: “${note ?? ''}”`)
  say(`  Member: ${member ? `${member.name}, ${member.email ?? ''}` : 'sealed until Traboule accepts'}`)
}

const sayMails = async ({ mail, mails, say }: Stage) => {
  const known = mails.length
  await mail.drain()
  for (const line of mails.slice(known)) say(`  ${line}`)
}

const stay = async ({ deps, say, receiver }: Play, id: Referral['id']) => {
  const path = `/v1/referrals/${id}`
  say('')
  say('She comes by, tries it for a while, and stays. In life this takes weeks.')
  await receiver.post(`${path}/record-visit`, { on: dayOf(deps.clock.now()) })
  await receiver.post(`${path}/start-trial`)
  const { status, outcome } = await receiver.post<Referral>(`${path}/close`, { outcome: 'joined' })
  say(`  The referral is ${status}: ${outcome ?? ''}.`)
}

const account = async (play: Play, [senderBefore, receiverBefore]: [Balance, Balance]): Promise<boolean> => {
  const { deps, say } = play
  say('')
  say('What both gave and got, before and after (100 points for somebody who stays):')
  const [senderAfter, receiverAfter] = await balances(play)
  const table = balanceTable([
    { name: 'Nave, Porto', before: senderBefore, after: senderAfter },
    { name: 'Traboule, Lyon', before: receiverBefore, after: receiverAfter },
  ])
  for (const line of table) say(`  ${line}`)
  const found = await verifyLedger(deps)
  for (const line of ledgerReport(found)) say(line)
  return found.differences.length === 0
}

const invitationOf = ({ deps, loaded, sender }: Play, id: Referral['id']): string[] => {
  const { baseUrl, keys } = deps
  const { clientId = '', clientSecret = '' } = loaded.get(senderKey)?.client ?? {}
  const people = [...Object.values(owners), networkSteward].map(({ email }) => email)
  return [
    `Sign in at ${baseUrl}/sign-in as one of ${people.join(', ')}; the link is shown here.`,
    `The API and its docs: ${baseUrl}/docs`,
    `Ana’s own page: ${linkUrl(baseUrl, keys.link, 'member', { id, linkNumber: null })}`,
    'Ask as Nave (the token holds for ten minutes):',
    `  curl -s -H 'Authorization: Bearer ${sender.token}' '${baseUrl}/v1/referrals?box=sent&limit=3'`,
    'Get a new token:',
    `  curl -s -u '${clientId}:${clientSecret}' -d grant_type=client_credentials ${baseUrl}/oauth/token`,
  ]
}

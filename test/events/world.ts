import type { Test } from 'tap'
import { spaceOf, type Ctx, type Deps } from '../../src/platform/context.ts'
import { newId, type Id } from '../../src/platform/ids.ts'
import { standardPolicy, type Policy } from '../../src/platform/policy.ts'
import { sendReferral } from '../../src/referrals/send.ts'
import { testApp, type TestApp } from '../helpers/app.ts'
import { putSpace, type SpaceRow } from '../helpers/spaces.ts'

/** What a space's own client may do. */
export const ctxOf = (deps: Deps, spaceId: Id<'space'>): Ctx => ({
  ...deps,
  requestId: 'test',
  actor: {
    kind: 'client',
    id: newId('client', deps.clock.now()),
    owner: 'space',
    spaceId,
    operatorId: null,
    standing: 'admitted',
    scopes: new Set(['referrals:read', 'referrals:write', 'members:read']),
  },
})

/** A member who has opened the link. */
export const memberCtx = ({ deps }: Pick<World, 'deps'>, id: Id<'referral'>): Ctx => ({
  ...deps,
  actor: { kind: 'member', id },
  requestId: 'test',
})

/** What a verb of the member's is handed: who acts, and on which referral. */
export const byMember = (world: World, referralId: Id<'referral'>, sender = world.sender) =>
  [memberCtx(world, referralId), { senderId: spaceOf(sender), referralId }] as const

export interface World extends TestApp {
  readonly sender: Ctx
  readonly receiver: Ctx
  readonly receiverId: Id<'space'>
}

const caisAberto = {
  name: 'Cais Aberto',
  city: 'Lisbon',
  lat: 38.72,
  lon: -9.14,
  timezone: 'Europe/Lisbon',
  contactEmail: 'desk@lisbon.example',
  website: 'https://caisaberto.example',
}
const laTraboule = {
  name: 'La Traboule',
  city: 'Lyon',
  address: { street: '14 rue Tissot', postcode: '69009' },
  contactEmail: 'desk@lyon.example',
  website: 'https://latraboule.example',
}

/** Cais Aberto in Lisbon, and La Traboule in Lyon. */
export const makeWorld = async (
  t: Test,
  receiver: Partial<SpaceRow> = {},
  policy: Policy = standardPolicy,
): Promise<World> => {
  const made = await testApp(t, { policy })
  const senderId = await putSpace(made.deps, caisAberto)
  const receiverId = await putSpace(made.deps, { ...laTraboule, ...receiver })
  return { ...made, sender: ctxOf(made.deps, senderId), receiver: ctxOf(made.deps, receiverId), receiverId }
}

type Body = Parameters<typeof sendReferral>[1]

export const member = { name: 'Teresa Valadão', email: 'teresa@valadao.example', phone: '+351 912 345 678' }

export const byLink = { kind: 'link' as const, named: false }
export const attested = {
  kind: 'attested' as const,
  obtainedOn: '2026-11-19',
  how: 'in_person' as const,
  named: false,
}

/** Refers Teresa from Cais Aberto to La Traboule. */
export const refer = ({ sender, receiverId }: World, consent: Body['consent'], change: Partial<Body> = {}) =>
  sendReferral(sender, {
    toSpaceId: receiverId,
    member,
    brief: {
      summary: 'Illustrator of children’s books, moving to Lyon in March. Wants quiet & <daylight>.',
      stay: 'relocate',
      needs: {
        deskKind: 'fixed_desk',
        daysPerWeek: 4,
        from: '2027-03-01',
        languages: ['fr'],
        budget: { amount: 250, currency: 'EUR', period: 'month' },
      },
    },
    note: 'She organised our drawing nights.',
    consent,
    draft: false,
    ...change,
  })

/** Every row of the tables that hold words about people, or that must not, as text. */
export const rowsAsText = async ({ deps }: World, table: string): Promise<string> => {
  const { rows } = await deps.db.pool.query<{ row: string }>(`select x::text as row from ${table} x`)
  return rows.map(({ row }) => row).join('\n')
}

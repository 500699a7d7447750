import { operators } from '../schema/spaces.ts'
import { createClient } from '../../src/access/create-client.ts'
import { admitSpace } from '../../src/network/admit-space.ts'
import type { Deps } from '../../src/platform/context.ts'
import { mutate } from '../../src/platform/database/door.ts'
import { rowsOf } from '../../src/platform/database/statements.ts'
import { newId, type Id } from '../../src/platform/ids.ts'
import type { Registration } from '../../src/spaces/contract.ts'
import { spaceRow, type Profile } from '../../src/spaces/profile.ts'
import { registerSpace } from '../../src/spaces/register-space.ts'
import { slugOf } from '../../src/spaces/slug.ts'
import { updateSpace } from '../../src/spaces/update-space.ts'
import { insertSpace } from '../../src/spaces/write-space.ts'
import { clientOf, ctxAt, spaceScopes, steward, type LoadedSpace, type LoadedSpaces } from './actors.ts'
import type { Calendar } from './calendar.ts'
import type { PlannedSpace } from './plan-spaces.ts'
import { sideBySide } from './side-by-side.ts'

const dayLong = 24 * 60

/** Enters the spaces of the plan on the day on which each came. */
export const loadSpaces = async (
  deps: Deps,
  spaces: readonly PlannedSpace[],
  calendar: Calendar,
): Promise<LoadedSpaces> => {
  const owners = await loadOperators(deps, spaces, calendar.at(0))
  const loaded = new Map<string, LoadedSpace>()
  // A minute apart, so that their ids, which hold the time, always stand in the same order.
  const arrivals = spaces.map((space, index) => ({ space, minute: space.joinedOn * dayLong + index }))
  await sideBySide(arrivals, async ({ space, minute }) => {
    const at = calendar.at(minute)
    const enter = space.isClaimed ? loadMember : loadUnclaimed
    loaded.set(space.key, await enter(deps, { space, at, calendar, owners }))
  })
  return loaded
}

interface Arrival {
  readonly space: PlannedSpace
  /** Milliseconds since 1970 */
  readonly at: number
  readonly calendar: Calendar
  readonly owners: ReadonlyMap<string, Id<'operator'>>
}

/** Registered by its operator, or by the steward, admitted, and given a client. */
const loadMember = async (deps: Deps, { space, at, calendar, owners }: Arrival): Promise<LoadedSpace> => {
  const byNetwork = ctxAt(deps, at, steward)
  const operatorId = space.operator === null ? undefined : owners.get(space.operator)
  const registrar = operatorId
    ? ctxAt(deps, at, {
        kind: 'client',
        id: newId('client', at),
        owner: 'operator',
        spaceId: null,
        operatorId,
        scopes: new Set(spaceScopes),
        standing: null,
      })
    : byNetwork
  const { id } = await registerSpace(registrar, registrationOf(space, calendar))
  await admitSpace(byNetwork, id)
  const client = await createClient(byNetwork, { name: 'Demo', owner: { spaceId: id }, scopes: spaceScopes })
  return { id, client }
}

/** Known from a directory, as an import would have written it. */
const loadUnclaimed = (deps: Deps, { space, at, calendar }: Arrival): Promise<LoadedSpace> =>
  mutate(ctxAt(deps, at, steward), 'network:admin', async (tx) => {
    const id = newId('space', at)
    const profile = { ...registrationOf(space, calendar), source: 'demo directory' } as Profile
    const slug = slugOf(profile.name, profile.city)
    const facts = { id, slug, status: 'unclaimed' as const, operatorId: null, now: tx.now }
    await insertSpace(tx, spaceRow(profile, facts), [slug, `${slug}-${space.key}`])
    return { result: { id, client: null }, events: [], audit: { action: 'importSpace', objectId: id } }
  })

const loadOperators = async (deps: Deps, spaces: readonly PlannedSpace[], at: number) => {
  const names = [...new Set(spaces.flatMap(({ operator }) => operator ?? []))]
  const owners = new Map(names.map((name) => [name, newId('operator', at)]))
  await mutate(ctxAt(deps, at, steward), 'network:admin', async (tx) => {
    const rows = [...owners].map(([name, id]) => ({ id, name, createdAt: tx.now }))
    await tx.insert(rowsOf(operators, rows))
    return { result: null, events: [], audit: { action: 'loadDemo', objectId: 'operators' } }
  })
  return owners
}

const registrationOf = (space: PlannedSpace, calendar: Calendar): Registration => {
  const { name, city, countryCode } = { ...space, city: space.city.name, countryCode: space.city.countryCode }
  const host = `${space.key}.example`
  return {
    name,
    city,
    countryCode,
    geo: space.geo,
    address: { street: space.street },
    website: `https://${host}`,
    ...(space.isClaimed && { contactEmail: `hello@${host}` }),
    languages: [...space.languages],
    capacity: space.capacity,
    access: space.access,
    openingHours: space.openingHours,
    plans: space.plans.map(({ kind, price }) => ({
      kind,
      price,
      currency: space.city.currency,
      period: kind === 'day_pass' ? 'day' : 'month',
    })),
    amenities: [...space.amenities],
    communityTypes: [...space.communityTypes],
    accessibility: { stepFree: space.isStepFree },
    ...(space.policy && { hostingPolicy: policyOf(space.policy, calendar) }),
  }
}

const policyOf = (policy: NonNullable<PlannedSpace['policy']>, calendar: Calendar) => {
  const { expiresInDays, blackoutInDays, accepts, ...said } = policy
  const [from, to] = blackoutInDays ?? []
  return {
    ...said,
    ...(accepts && { accepts: [...accepts] }),
    ...(expiresInDays !== undefined && { expiresOn: calendar.dayIn(expiresInDays) }),
    ...(from !== undefined &&
      to !== undefined && {
        blackouts: [{ from: calendar.dayIn(from), to: calendar.dayIn(to) }],
      }),
  }
}

/** Where the history ends, each space has confirmed its profile; some say that they are away, or take nobody. */
export const confirmSpaces = async (
  deps: Deps,
  { spaces, days }: { spaces: readonly PlannedSpace[]; days: number },
  { calendar, loaded }: { calendar: Calendar; loaded: LoadedSpaces },
): Promise<void> => {
  await sideBySide(spaces, async ({ key, pause, confirmedDaysAgo, joinedOn }) => {
    const space = loaded.get(key)
    if (!space?.client) return
    const at = calendar.at(Math.max(days - confirmedDaysAgo, joinedOn) * dayLong)
    const ctx = ctxAt(deps, at, clientOf(space))
    await updateSpace(ctx, space.id, pause ? { hostingPolicy: pauses(calendar)[pause] } : {}, '*')
  })
}

const pauses = (calendar: Calendar) =>
  ({
    away: { awayUntil: `${calendar.dayIn(25)}T00:00:00.000Z` },
    closed: { intake: 'closed' },
  }) as const

import { fold } from '../spaces/fold.ts'
import { domainOf } from '../spaces/website-domain.ts'
import { isChain, isPossibleDuplicate, isSameDoor, normaliseName, type Comparable } from './duplicates.ts'
import type { Finished } from './finish.ts'
import { hashedId } from './finish.ts'
import type { RowOutcome } from './record.ts'

interface Seen extends Comparable {
  row: number
  externalId: string
}

/** Remembers the rows of one file and tells what a new one is to them. Keeps a few short texts per row, no profiles. */
export function rememberRows(): (row: number, finished: Finished) => RowOutcome {
  const byId = new Map<string, Seen>()
  const byName = new Map<string, Seen[]>()
  const byAddress = new Map<string, Seen>()

  function duplicateOf(finished: Finished): RowOutcome | null {
    const { profile, repairs } = finished
    const hashed = profile.externalId.startsWith('hash:')
    let earlier = byId.get(`${profile.source} ${profile.externalId}`)
    if (earlier !== undefined && hashed && !isSameDoor(earlier, profile)) {
      // Branches of a chain share name, city and domain; the later one gets its door into its id.
      const door = profile.address?.street ?? `${profile.geo.lat} ${profile.geo.lon}`
      profile.externalId = hashedId(profile.name, profile.city, domainOf(profile.website), door)
      repairs.push({ field: 'externalId', what: 'branch_told_apart_by_address' })
      earlier = byId.get(`${profile.source} ${profile.externalId}`)
    }
    if (earlier !== undefined)
      return {
        kind: 'duplicate',
        ofRow: earlier.row,
        reason: 'same_external_id',
        externalId: earlier.externalId,
      }
    const same = hashed ? byAddress.get(addressKey(profile)) : undefined
    return same === undefined
      ? null
      : { kind: 'duplicate', ofRow: same.row, reason: 'same_name_and_address', externalId: same.externalId }
  }

  function remember(row: number, { profile }: Finished): Seen | undefined {
    const { name, geo, externalId, source, address, website, brand, geoApproximate } = profile
    // A copy: a text cut out of a chunk of the file would keep the whole chunk in memory.
    const seen: Seen = structuredClone({
      row, name, geo, externalId,
      ...(address?.street === undefined ? {} : { address: { street: address.street } }),
      ...(website === undefined ? {} : { website }),
      ...(brand === undefined ? {} : { brand }),
      ...(geoApproximate === undefined ? {} : { geoApproximate }),
    }) // prettier-ignore
    byId.set(`${source} ${externalId}`, seen)
    if (address?.street !== undefined) byAddress.set(addressKey(profile), seen)
    const key = normaliseName(name)
    const namesakes = byName.get(key) ?? []
    const chain = isChain([...namesakes, seen])
    const like = namesakes.find((other) => isPossibleDuplicate(other, seen, chain))
    byName.set(key, [...namesakes, seen])
    return like
  }

  return (row, finished) => {
    const duplicate = duplicateOf(finished)
    if (duplicate !== null) return duplicate
    const like = remember(row, finished)
    const mark =
      like === undefined ? {} : { possibleDuplicateOf: { row: like.row, externalId: like.externalId } }
    return { kind: 'profile', ...finished, ...mark }
  }
}

const addressKey = (profile: Finished['profile']): string =>
  [normaliseName(profile.name), fold(profile.address?.street ?? ''), fold(profile.city)].join('|')

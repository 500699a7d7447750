import type { SpaceQuery } from '../spaces/contract.ts'
import type { FoundSpace } from '../spaces/contract-space.ts'
import { placeOfSpace } from './application-words.ts'
import type { Shown } from './inside.tsx'
import { Tabs } from './tabs.tsx'

type Status = NonNullable<SpaceQuery['status']>

const headings: Readonly<Record<Status, { readonly label: string; readonly empty: string }>> = {
  admitted: { label: 'In the network', empty: 'No space is in the network yet.' },
  suspended: { label: 'Suspended', empty: 'No space is suspended.' },
  left: { label: 'Left', empty: 'No space has left.' },
  registered: { label: 'Waiting', empty: 'No space waits to be taken in.' },
  rejected: { label: 'Not taken in', empty: 'No space was rejected.' },
  unclaimed: { label: 'Nobody’s yet', empty: 'Somebody speaks for every space that is listed.' },
}

export const listedStatuses = Object.keys(headings) as Status[]

interface SpacesPageProps {
  readonly status: Status
  readonly data: readonly FoundSpace[]
  readonly nextCursor: string | null
}

/** All spaces by how they stand: the steward's way to each. */
export const spacesPage = ({ status, data, nextCursor }: SpacesPageProps): Shown => ({
  title: 'Spaces',
  lead: 'Choose one to suspend it, or to take it in again.',
  body: (
    <div class="stack loose">
      <Tabs
        label="How they stand"
        path="/spaces"
        statuses={listedStatuses}
        current={status}
        {...{ headings }}
      />
      {data.length === 0 ? (
        <p>{headings[status].empty}</p>
      ) : (
        <ul class="places">
          {data.map((space) => (
            <li key={space.id}>
              <div>
                <h2>
                  <a href={`/spaces/${space.id}`}>{space.name}</a>
                </h2>
                <p class="soft">{placeOfSpace({ city: space.city, countryCode: space.countryCode })}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {nextCursor !== null && (
        <p>
          <a href={`/spaces?status=${status}&cursor=${encodeURIComponent(nextCursor)}`}>Next page</a>
        </p>
      )}
    </div>
  ),
})

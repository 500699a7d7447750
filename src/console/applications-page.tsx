import type { SignedIn } from '../access/find-session.ts'
import { dayInWords } from '../events/wording.ts'
import type { Application, applicationStatuses } from '../network/contract-application.ts'
import { permits } from '../platform/permissions.ts'
import { isUnproven, placeOfSpace, probationInWords, vouchesInWords } from './application-words.ts'
import type { Shown } from './inside.tsx'
import { Tabs } from './tabs.tsx'

type Status = (typeof applicationStatuses)[number]

/** What the reader may look through: the steward all, spaces of the network what they are asked about. */
const headings: Readonly<Record<Status, { readonly label: string; readonly empty: string }>> = {
  pending: {
    label: 'Waiting',
    empty: 'Nobody waits. When a space asks to be taken in, it stands here.',
  },
  admitted: { label: 'Taken in', empty: 'No space has come in by an application yet.' },
  rejected: { label: 'Not taken in', empty: 'No application was rejected.' },
  withdrawn: { label: 'Withdrawn', empty: 'No application was withdrawn.' },
}

const publicStatuses: readonly Status[] = ['pending', 'admitted']
const allStatuses: readonly Status[] = ['pending', 'admitted', 'rejected', 'withdrawn']

interface ApplicationsPageProps {
  readonly status: Status
  readonly data: readonly Application[]
  readonly nextCursor: string | null
}

/** Who asks to be taken in, and who has asked. */
export const applicationsPage = (signedIn: SignedIn, props: ApplicationsPageProps): Shown => {
  const { status, data, nextCursor } = props
  const isSteward = permits(signedIn.actor, 'network:admin')
  const isOfNetwork = permits(signedIn.actor, 'network:read')
  const statuses = isSteward || !isOfNetwork ? allStatuses : publicStatuses
  return {
    title: isOfNetwork ? 'Who asks to join' : 'Your applications',
    lead: leadOf(isSteward, isOfNetwork),
    body: (
      <div class="stack loose">
        <Tabs label="Applications" path="/applications" current={status} {...{ statuses, headings }} />
        {data.length === 0 ? (
          <p>{headings[status].empty}</p>
        ) : (
          <ul class="places">
            {data.map((application) => (
              <Row key={application.id} application={application} />
            ))}
          </ul>
        )}
        {nextCursor !== null && (
          <p>
            <a href={`/applications?status=${status}&cursor=${encodeURIComponent(nextCursor)}`}>Next page</a>
          </p>
        )}
      </div>
    ),
  }
}

const leadOf = (isSteward: boolean, isOfNetwork: boolean): string => {
  if (isSteward) return 'You take a space in, or say why not. Spaces of the network help you by vouching.'
  return isOfNetwork
    ? 'Do you know one of them? Your word helps them in.'
    : 'What you have asked, and how it stands.'
}

const Row = ({ application }: { application: Application }) => {
  const { id, space, createdAt, decidedAt } = application
  const said = standingOf(application)
  return (
    <li>
      <div>
        <h2>
          <a href={`/applications/${id}`}>{space.name}</a>
        </h2>
        <p class="soft">{placeOfSpace(space)}</p>
        {said !== null && <p class="soft">{said}</p>}
      </div>
      <p class="side">{dayInWords(decidedAt ?? createdAt)}</p>
    </li>
  )
}

/** What is still open about it; null where nothing is. */
const standingOf = (application: Application): string | null => {
  const { status, probation } = application
  if (probation !== null) return `Is ${probationInWords(probation)}`
  if (status !== 'pending') return null
  return isUnproven(application) ? 'Not shown yet to be theirs' : vouchesInWords(application)
}

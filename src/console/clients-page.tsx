import type { ClientView } from '../access/contract-clients.ts'
import type { SignedIn } from '../access/find-session.ts'
import { dayInWords } from '../events/wording.ts'
import type { Scope } from '../platform/operation.ts'
import { permits } from '../platform/permissions.ts'
import type { Filled } from './field.tsx'
import type { Shown } from './inside.tsx'
import { KeyForm } from './key-form.tsx'

interface ClientsPageProps {
  readonly clients: readonly ClientView[]
  readonly older: string | null
  /** Those that an API client of this owner may hold. */
  readonly scopes: readonly Scope[]
  readonly isFresh: boolean
  readonly filled: Filled
}

/** The API clients that act here, and how to make one. */
export const clientsPage = (signedIn: SignedIn, props: ClientsPageProps): Shown => ({
  title: 'API clients',
  lead: 'Your booking system, your website, a dashboard: each gets a secret of its own, and may do what you choose.',
  ...(Object.keys(props.filled.faults).length > 0 && { status: 422 }),
  body: (
    <div class="stack loose">
      {props.clients.length === 0 ? (
        <p class="note">There is no API client yet. Everything can be done on these pages without one.</p>
      ) : (
        <ul class="places">
          {props.clients.map((client) => (
            <li key={client.clientId}>
              <div>
                <h2>
                  <a href={`/clients/${client.clientId}`}>{client.name}</a>
                </h2>
                <p class="soft">{stateInWords(client)}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {props.older !== null && (
        <p>
          <a href={`/clients?cursor=${encodeURIComponent(props.older)}`}>Older ones</a>
        </p>
      )}
      {permits(signedIn.actor, 'clients:write') && (
        <KeyForm
          signedIn={signedIn}
          path="/clients"
          title="Make an API client"
          why="An API client acts while you are away. To make one, sign in anew first."
          example="Booking system"
          most={200}
          {...props}
        />
      )}
    </div>
  ),
})

export const stateInWords = ({ createdAt, lastUsedAt, revokedAt }: ClientView): string => {
  if (revokedAt !== null) return `Ended on ${dayInWords(revokedAt)}`
  const used = lastUsedAt === null ? 'not used yet' : `last used on ${dayInWords(lastUsedAt)}`
  return `Made on ${dayInWords(createdAt)}, ${used}`
}

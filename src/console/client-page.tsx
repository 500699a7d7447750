import type { ClientView } from '../access/contract-clients.ts'
import type { SignedIn } from '../access/find-session.ts'
import { dayInWords } from '../events/wording.ts'
import type { Scope } from '../platform/operation.ts'
import { permits } from '../platform/permissions.ts'
import { scopeWords } from './scope-words.ts'
import { stateInWords } from './clients-page.tsx'
import { SignInAnew } from './fresh-sign-in.tsx'
import type { Shown } from './inside.tsx'
import { InsideForm } from './inside-page.tsx'
import { Once } from './once.tsx'

interface ClientPageProps {
  readonly client: ClientView
  readonly isFresh: boolean
}

/** One API client: what it may do, a new secret for it, and its end. */
export const clientPage = (signedIn: SignedIn, { client, isFresh }: ClientPageProps): Shown => ({
  title: client.name,
  lead: `${stateInWords(client)}.`,
  body: (
    <div class="stack loose">
      <section class="stack">
        <p>
          <span class="soft">Its client id</span>
          <br />
          <code>{client.clientId}</code>
        </p>
        <h2>What it may do</h2>
        <ul>
          {client.scopes.map((scope) => (
            <li key={scope}>{scopeWords[scope as Scope]}</li>
          ))}
        </ul>
      </section>
      {client.revokedAt === null && permits(signedIn.actor, 'clients:write') && (
        <Changing signedIn={signedIn} client={client} isFresh={isFresh} />
      )}
      <p>
        <a href="/clients">To all API clients</a>
      </p>
    </div>
  ),
})

const Changing = ({ signedIn, client, isFresh }: ClientPageProps & { signedIn: SignedIn }) => (
  <>
    {client.publicKeys.length === 0 ? (
      <Rotating signedIn={signedIn} client={client} isFresh={isFresh} />
    ) : (
      <p class="note">It proves itself by keys of its own, which are changed through the API.</p>
    )}
    <details class="why">
      <summary>End this API client</summary>
      <div class="stack">
        <p>It can do nothing here from then on, and that cannot be undone.</p>
        <InsideForm action={`/clients/${client.clientId}/revoke`} signedIn={signedIn} class="acts">
          <button class="btn" type="submit">
            End {client.name}
          </button>
        </InsideForm>
      </div>
    </details>
  </>
)

const Rotating = ({ signedIn, client, isFresh }: ClientPageProps & { signedIn: SignedIn }) => (
  <section class="sec">
    <h2>A new secret</h2>
    {client.previousSecretUntil !== null && (
      <p>The secret before this one is taken until {dayInWords(client.previousSecretUntil)}.</p>
    )}
    {isFresh ? (
      <InsideForm action={`/clients/${client.clientId}/rotate-secret`} signedIn={signedIn} class="stack">
        <Once />
        <p>The old secret goes on for a while, so that you can change it without haste.</p>
        <label class="tick">
          <input type="checkbox" name="hasLeaked" value="yes" />
          <span>
            Somebody else may know the old one
            <span class="hint">
              Then it ends at once, and nothing works through this client until it has the new one.
            </span>
          </span>
        </label>
        <div class="acts">
          <button class="btn" type="submit">
            Make a new secret
          </button>
        </div>
      </InsideForm>
    ) : (
      <SignInAnew
        signedIn={signedIn}
        why="To make a new secret, sign in anew first."
        returnTo={`/clients/${client.clientId}`}
      />
    )}
  </section>
)

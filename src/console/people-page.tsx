import type { Manager } from '../access/contract-people.ts'
import type { SignedIn } from '../access/find-session.ts'
import { dayInWords } from '../events/wording.ts'
import { permits } from '../platform/permissions.ts'
import { Alert } from './alert.tsx'
import { Field, type Filled } from './field.tsx'
import type { Shown } from './inside.tsx'
import { InsideForm, placeInWords } from './inside-page.tsx'
import { Once } from './once.tsx'
import { RoleField } from './role-field.tsx'

interface PeoplePageProps {
  readonly people: readonly Manager[]
  readonly older: string | null
  readonly filled: Filled
  /** What went wrong with a press of a button, if anything. */
  readonly said?: string
  readonly status?: number
}

/** Who acts for the space, and who is invited to. */
export const peoplePage = (signedIn: SignedIn, props: PeoplePageProps): Shown => ({
  title: 'People',
  lead: `Who acts for ${placeInWords(signedIn)}.`,
  ...(props.status !== undefined && { status: props.status }),
  body: (
    <div class="stack loose">
      <Alert said={props.said} />
      <ul class="places">
        {props.people.map((person) => (
          <li key={person.email}>
            <div>
              <h2>
                {person.id !== null && permits(signedIn.actor, 'access:write') ? (
                  <a href={`/people/${person.id}`}>{person.name}</a>
                ) : (
                  (person.name ?? person.email)
                )}
              </h2>
              <p class="soft">{stateInWords(signedIn, person)}</p>
            </div>
            {person.id === null && permits(signedIn.actor, 'access:write') && (
              <InsideForm action="/people/withdraw-invitation" signedIn={signedIn} class="side">
                <input type="hidden" name="email" value={person.email} />
                <button class="btn" type="submit">
                  Withdraw
                  <span class="hidden"> the invitation of {person.email}</span>
                </button>
              </InsideForm>
            )}
          </li>
        ))}
      </ul>
      {props.older !== null && (
        <p>
          <a href={`/people?cursor=${encodeURIComponent(props.older)}`}>More people</a>
        </p>
      )}
      {permits(signedIn.actor, 'access:invite') && <Inviting signedIn={signedIn} filled={props.filled} />}
      <Leaving signedIn={signedIn} />
    </div>
  ),
})

const stateInWords = (signedIn: SignedIn, { id, email, role, acceptedAt, expiresAt }: Manager): string => {
  if (acceptedAt === null)
    return `invited as ${role}, can accept until ${expiresAt === null ? 'now' : dayInWords(expiresAt)}`
  const who = id === signedIn.actor.id ? 'you' : email
  return `${role}, ${who}, since ${dayInWords(acceptedAt)}`
}

const Inviting = ({ signedIn, filled }: { signedIn: SignedIn; filled: Filled }) => (
  <section class="sec">
    <h2>Invite a colleague</h2>
    <InsideForm action="/people" signedIn={signedIn} class="stack" noValidate>
      <Once />
      <Field
        name="email"
        label="Their e-mail"
        type="email"
        hint="We write to them. The link in the mail works for this address alone."
        most={254}
        filled={filled}
      />
      <RoleField chosen={filled.typed['role'] ?? ''} hint="You can change it at any time." />
      <div class="acts">
        <button class="btn do" type="submit">
          Invite
        </button>
      </div>
    </InsideForm>
  </section>
)

const Leaving = ({ signedIn }: { signedIn: SignedIn }) => (
  <details class="why">
    <summary>Stop acting for {placeInWords(signedIn)}</summary>
    <div class="stack">
      <p>You see nothing of it from then on. An owner can invite you again.</p>
      <InsideForm action="/people/leave" signedIn={signedIn} class="acts">
        <button class="btn" type="submit">
          I stop
        </button>
      </InsideForm>
    </div>
  </details>
)

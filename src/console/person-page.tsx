import type { Manager } from '../access/contract-people.ts'
import type { SignedIn } from '../access/find-session.ts'
import { dayInWords } from '../events/wording.ts'
import { Alert } from './alert.tsx'
import { SignInAnew } from './fresh-sign-in.tsx'
import type { Shown } from './inside.tsx'
import { InsideForm, placeInWords } from './inside-page.tsx'
import { RoleField } from './role-field.tsx'

interface PersonPageProps {
  readonly person: Manager & { readonly id: string }
  readonly isFresh: boolean
  readonly said?: string
  readonly status?: number
}

/** One colleague: another role, the space itself, or the way out. */
export const personPage = (
  signedIn: SignedIn,
  { person, isFresh, said, status }: PersonPageProps,
): Shown => ({
  title: person.name ?? person.email,
  lead: `${person.email}, ${person.role} since ${dayInWords(person.acceptedAt ?? person.invitedAt)}.`,
  ...(status !== undefined && { status }),
  body: (
    <div class="stack loose">
      <Alert said={said} />
      <InsideForm action={`/people/${person.id}/change-role`} signedIn={signedIn} class="stack">
        <RoleField chosen={person.role} hint="It holds from the next page that they open." />
        <div class="acts">
          <button class="btn" type="submit">
            Change
          </button>
        </div>
      </InsideForm>
      {person.id !== signedIn.actor.id && <HandingOver {...{ signedIn, person, isFresh }} />}
      {person.id !== signedIn.actor.id && <Removing {...{ signedIn, person }} />}
      <p>
        <a href="/people">To all people</a>
      </p>
    </div>
  ),
})

type Part = Pick<PersonPageProps, 'person'> & { readonly signedIn: SignedIn }

const HandingOver = ({ signedIn, person, isFresh }: Part & { isFresh: boolean }) => (
  <details class="why">
    <summary>Hand {placeInWords(signedIn)} over</summary>
    {isFresh ? (
      <div class="stack">
        <p>
          {person.name} becomes its owner, and you a manager. Only {person.name} can change that again.
        </p>
        <InsideForm action={`/people/${person.id}/hand-over`} signedIn={signedIn} class="acts">
          <button class="btn" type="submit">
            Hand it over to {person.name}
          </button>
        </InsideForm>
      </div>
    ) : (
      <SignInAnew
        signedIn={signedIn}
        why="To hand a space over, sign in anew first."
        returnTo={`/people/${person.id}`}
      />
    )}
  </details>
)

const Removing = ({ signedIn, person }: Part) => (
  <details class="why">
    <summary>Take {person.name} out</summary>
    <div class="stack">
      <p>
        {person.name} sees nothing of {placeInWords(signedIn)} from then on; the keys that they made for it
        end, too.
      </p>
      <InsideForm action={`/people/${person.id}/remove`} signedIn={signedIn} class="acts">
        <button class="btn" type="submit">
          Take {person.name} out
        </button>
      </InsideForm>
    </div>
  </details>
)

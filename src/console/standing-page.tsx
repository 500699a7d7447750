import type { SignedIn } from '../access/find-session.ts'
import type { Space } from '../spaces/contract-space.ts'
import { Alert } from './alert.tsx'
import { placeOfSpace } from './application-words.ts'
import { Field, unfilled, type Filled } from './field.tsx'
import type { Shown } from './inside.tsx'
import { InsideForm } from './inside-page.tsx'

const standings: Readonly<Record<string, string>> = {
  unclaimed: 'Nobody speaks for it yet.',
  registered: 'It waits to be taken in.',
  rejected: 'It was not taken in, and may apply again.',
  admitted: 'It is in the network.',
  suspended: 'It is suspended: found by nobody, and able to start nothing.',
  left: 'It has left the network.',
}

/** What became of a press that did not work. */
export interface StandingAttempt {
  readonly filled?: Filled
  readonly said?: string
  readonly status?: number
}

/** How a space stands, and how the steward changes it. */
export const standingPage = (signedIn: SignedIn, space: Space, attempt: StandingAttempt): Shown => ({
  title: space.name,
  lead: `${placeOfSpace({ city: space.city, countryCode: space.countryCode })}. ${standings[space.status] ?? ''}`,
  ...(attempt.status !== undefined && { status: attempt.status }),
  body: (
    <div class="stack loose">
      <Alert said={attempt.said} />
      {space.status === 'admitted' && (
        <Suspending {...{ signedIn, space }} filled={attempt.filled ?? unfilled} />
      )}
      {(space.status === 'suspended' || space.status === 'left') && (
        <InsideForm action={`/spaces/${space.id}/readmit`} signedIn={signedIn} class="acts">
          <button class="btn do" type="submit">
            Take it in again
          </button>
        </InsideForm>
      )}
      <p>
        <a href={`/spaces?status=${space.status}`}>To the list of spaces</a>
      </p>
    </div>
  ),
})

const Suspending = (props: { signedIn: SignedIn; space: Space; filled: Filled }) => (
  <InsideForm action={`/spaces/${props.space.id}/suspend`} signedIn={props.signedIn} class="stack" noValidate>
    <h2>Suspend it</h2>
    <p>
      It is found by nobody and starts nothing, until you take it in again. What is open with its members goes
      on.
    </p>
    <Field
      name="reason"
      label="Why?"
      isLong
      most={1000}
      hint="Everybody who acts for the space reads it."
      filled={props.filled}
    />
    <button class="btn" type="submit">
      Suspend {props.space.name}
    </button>
  </InsideForm>
)

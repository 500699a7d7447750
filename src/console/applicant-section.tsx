import type { SignedIn } from '../access/find-session.ts'
import type { Application } from '../network/contract-application.ts'
import { permits } from '../platform/permissions.ts'
import { isUnproven } from './application-words.ts'
import { Destinations, openTo } from './destinations.tsx'
import { InsideForm } from './inside-page.tsx'
import { ownPages, spacePages } from './nav.ts'

interface ApplicantProps {
  readonly signedIn: SignedIn
  readonly application: Application
}

/** What who applied can do: prove, prepare, withdraw, or ask once more. */
export const ApplicantSection = ({ signedIn, application }: ApplicantProps) => {
  const { space, status, reason } = application
  if (status === 'admitted') return null
  if (status !== 'pending')
    return (
      <section class="stack">
        {typeof reason === 'string' && (
          <>
            <h2>Why not</h2>
            <blockquote class="prose">{reason}</blockquote>
          </>
        )}
        <p class="acts">
          <a class="btn do" href={`/join/apply?space=${space.id}`}>
            Apply again
          </a>
        </p>
      </section>
    )
  return (
    <>
      {isUnproven(application) && <Proving {...{ signedIn, application }} />}
      {application.kind === 'new' && <Preparing signedIn={signedIn} />}
      {permits(signedIn.actor, 'applications:own') && (
        <details class="why">
          <summary>I do not want to join any more</summary>
          <div>
            <p>The application ends. You may apply again whenever you like.</p>
            <InsideForm action={`/applications/${application.id}/withdraw`} signedIn={signedIn}>
              <button class="btn" type="submit">
                Withdraw it
              </button>
            </InsideForm>
          </div>
        </details>
      )}
    </>
  )
}

const Proving = ({ signedIn, application }: ApplicantProps) => {
  const { id, space, wellKnown } = application
  if (!wellKnown)
    return (
      <p class="say-ok">
        We know no web address that belongs to {space.name} alone. So the steward looks at your claim, and may
        write to you.
      </p>
    )
  return (
    <section class="now" aria-labelledby="proving">
      <h2 id="proving">Show that {space.name} is yours</h2>
      <p>
        Put a small file on the space’s own web site, or send these two lines to whoever looks after the site.
        The file holds nothing but this word:
      </p>
      <p>
        <code>{wellKnown.token}</code>
      </p>
      <p>It is to be found at this address:</p>
      <p>
        <code>{wellKnown.url}</code>
      </p>
      <InsideForm action={`/applications/${id}/prove`} signedIn={signedIn} class="acts">
        <button class="btn do" type="submit">
          It is there: look now
        </button>
      </InsideForm>
      <p class="note">
        Can you not do that? Then wait: the steward, too, can see to it that the claim is yours. An
        application from an address at the space’s own web domain needs no file.
      </p>
    </section>
  )
}

/** What can be done for a new space before the network has decided; a claimed one is not theirs yet. */
const Preparing = ({ signedIn }: Pick<ApplicantProps, 'signedIn'>) => (
  <section class="stack">
    <h2>Meanwhile</h2>
    <p>You can get ready, so that your first referral takes a minute once you are in.</p>
    <Destinations pages={openTo(signedIn, [...spacePages, ...ownPages])} />
  </section>
)

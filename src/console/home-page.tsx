import type { ComponentChildren } from 'preact'
import type { SignedIn } from '../access/find-session.ts'
import type { Place } from '../access/places.ts'
import type { ManagerRole, Standing } from '../platform/roles.ts'
import { Destinations, openTo } from './destinations.tsx'
import { JoiningSection, SuspendedSection, type Joining } from './home-applications.tsx'
import type { Shown } from './inside.tsx'
import { InsideForm, placeInWords } from './inside-page.tsx'
import { mayLeave } from './leaving-page.tsx'
import { ownPages, spacePages, type Destination } from './nav.ts'

const roles: Readonly<Record<ManagerRole, string>> = { owner: 'owner', manager: 'manager', viewer: 'viewer' }

/** Said of a space only where there is something to say. */
const standings: Readonly<Record<Standing, string | null>> = {
  unclaimed: null,
  registered: 'waits to be admitted',
  rejected: 'was not taken in',
  admitted: null,
  suspended: 'suspended',
  left: 'has left the network',
}

/** Who I am here, and for whom I act. */
export const homePage = (signedIn: SignedIn, joining: Joining): Shown => ({
  title: signedIn.identity.name,
  lead: leadOf(signedIn),
  body: (
    <>
      <div class="stack loose">
        <SuspendedSection signedIn={signedIn} />
        <JoiningSection {...joining} />
        <Places signedIn={signedIn} />
      </div>
      <Section title={placeInWords(signedIn)} {...{ signedIn, pages: spacePages }} />
      {mayLeave(signedIn) && (
        <p class="note">
          <a href="/leave">Leave the network</a>
        </p>
      )}
      <Section title="How you come in" {...{ signedIn, pages: ownPages }}>
        <p>By a link that is mailed to {signedIn.identity.email}, or by a passkey.</p>
      </Section>
    </>
  ),
})

interface SectionProps {
  readonly title: string
  readonly signedIn: SignedIn
  readonly pages: readonly Destination[]
  readonly children?: ComponentChildren
}

/** Those of `pages` that the reader may open; nothing at all where there is none. */
const Section = ({ title, signedIn, pages, children }: SectionProps) => {
  const open = openTo(signedIn, pages)
  if (open.length === 0) return null
  return (
    <section class="sec">
      <h2>{title}</h2>
      {children}
      <Destinations pages={open} />
    </section>
  )
}

const leadOf = (signedIn: SignedIn): string => {
  const { role } = signedIn.actor
  if (role === 'guest')
    return 'You belong to no space. Once a space of yours is in the network, or a colleague invites you, it stands here.'
  if (role === 'steward')
    return 'You are at the steward’s desk: you see to the network, and act for no space.'
  return `You act for ${placeInWords(signedIn)}, as ${roles[role]}.`
}

const Places = ({ signedIn }: { signedIn: SignedIn }) => {
  const { places, isSteward, actor } = signedIn
  if (places.length === 0) return null
  return (
    <section aria-labelledby="places">
      <h2 id="places">Your spaces</h2>
      <ul class="places">
        {places.map((place) => (
          <li key={place.spaceId}>
            <div>
              <h3>{place.name}</h3>
              <p class="soft">{[roles[place.role], standings[place.standing]].filter(Boolean).join(', ')}</p>
            </div>
            <Choice signedIn={signedIn} place={place} isShown={place.spaceId === actor.spaceId} />
          </li>
        ))}
        {isSteward && (
          <li>
            <h3>Steward’s desk</h3>
            <Choice signedIn={signedIn} place={null} isShown={actor.role === 'steward'} />
          </li>
        )}
      </ul>
    </section>
  )
}

const Choice = (props: { signedIn: SignedIn; place: Place | null; isShown: boolean }) =>
  props.isShown ? (
    <p class="side">you act here</p>
  ) : (
    <InsideForm action="/home/space" signedIn={props.signedIn} class="side">
      <input type="hidden" name="space" value={props.place?.spaceId ?? ''} />
      <button class="btn" type="submit">
        Act here
        <span class="hidden">: {props.place?.name ?? 'steward’s desk'}</span>
      </button>
    </InsideForm>
  )

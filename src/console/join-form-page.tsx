import type { Claimable } from '../network/find-claimable.ts'
import { countryChoices, countryInWords } from './countries.ts'
import { ChoiceField, Field, type Filled } from './field.tsx'
import { joinFoot } from './join-page.tsx'
import { most } from './join-reading.ts'
import { Once } from './once.tsx'
import { OutsidePage } from './outside-page.tsx'

interface JoinFormPageProps {
  /** The space of the directory that is asked for; null for a new one. */
  readonly claimed: Claimable | null
  readonly filled: Filled
  /** The address of who is signed in already. */
  readonly email?: string
}

/** Who asks, for which space, and what the others are to know. */
export const JoinFormPage = ({ claimed, filled, email }: JoinFormPageProps) => (
  <OutsidePage title={claimed ? `Join with ${claimed.name}` : 'Join with your space'} foot={joinFoot}>
    <h1>{claimed ? `You speak for ${claimed.name}` : 'Your space'}</h1>
    <p class="lead">
      {claimed
        ? `In ${claimed.city}, ${countryInWords(claimed.countryCode)}. Your e-mail address is all we need to begin.`
        : 'Its name, its city and your e-mail address are all we need to begin.'}
    </p>
    {Object.keys(filled.faults).length > 0 && (
      <p class="say-bad" role="alert">
        Nothing was sent yet. Look at what is marked below; all else is as you typed it.
      </p>
    )}
    <form class="stack loose" method="post" action="/join/apply" novalidate>
      <Once />
      {claimed ? <input type="hidden" name="space" value={claimed.id} /> : <NewSpace filled={filled} />}
      <Person {...{ claimed, filled }} {...(email !== undefined && { email })} />
      <ForTheOthers filled={filled} />
      <div class="stack">
        <div class="acts wide">
          <button class="btn do" type="submit">
            Apply
          </button>
        </div>
        <p class="note">We then mail you a link. Nothing is shown to anybody before you have pressed it.</p>
      </div>
    </form>
    <p class="note">
      {claimed ? 'Not yours after all? ' : 'Perhaps it is in the list already: '}
      <a href="/join">Look for your space</a>.
    </p>
  </OutsidePage>
)

const NewSpace = ({ filled }: { filled: Filled }) => (
  <div class="stack">
    <Field
      name="name"
      label="What is it called?"
      most={most.name}
      autocomplete="organization"
      filled={filled}
    />
    <Field
      name="city"
      label="In which city?"
      most={most.city}
      autocomplete="address-level2"
      filled={filled}
    />
    <ChoiceField
      name="country"
      label="Country"
      filled={filled}
      hint="Choose it only where several countries have a city of that name, or if the city is small."
      choices={[
        { value: '', label: 'As the city says' },
        ...countryChoices.map(({ code, name }) => ({ value: code, label: name })),
      ]}
    />
    <Field
      name="website"
      label="Web address"
      most={most.website}
      isOptional
      autocomplete="url"
      hint="It helps those who decide to get to know you."
      filled={filled}
    />
  </div>
)

const Person = ({ claimed, filled, email = '' }: JoinFormPageProps) => (
  <section class="stack">
    <h2>You</h2>
    <Field
      name="email"
      label="Your e-mail"
      type="email"
      most={most.email}
      autocomplete="email"
      usual={email}
      hint={addressHint(claimed?.domain ?? null)}
      filled={filled}
    />
    <Field
      name="person"
      label="Your name"
      most={most.person}
      isOptional
      autocomplete="name"
      hint={`So that we know how to greet you. Without it we write to ${claimed?.name ?? 'your space'}.`}
      filled={filled}
    />
    <label class="tick">
      <input
        type="checkbox"
        name="takesMails"
        value="yes"
        checked={Object.keys(filled.typed).length === 0 || filled.typed['takesMails'] !== undefined}
      />
      <span>
        Mails about referrals go to this address too
        <span class="hint">Otherwise you name another one for your space later.</span>
      </span>
    </label>
  </section>
)

const addressHint = (domain: string | null): string =>
  domain === null
    ? 'Shown to the steward of the network alone.'
    : `Shown to the steward of the network alone. An address at ${domain} proves at once that the space is yours; with another one you are told what to do.`

/** What the network asks for because spaces want to know each other. */
const ForTheOthers = ({ filled }: { filled: Filled }) => (
  <section class="stack">
    <h2>For the other spaces</h2>
    <p class="note">
      The spaces of the network read what you write here: that is how they find who has solved what you face.
    </p>
    <Field
      name="background"
      label="Where do you come from?"
      isLong
      isOptional
      most={most.background}
      hint="What you did before, and how you came to run a space."
      filled={filled}
    />
    <Field
      name="challenge"
      label="What is your greatest challenge now?"
      isLong
      isOptional
      most={most.challenge}
      hint="Empty desks in August, noise, a lease that ends: others have been there."
      filled={filled}
    />
    <Field
      name="statement"
      label="What is your space about, and why do you want to join?"
      isLong
      isOptional
      most={most.statement}
      hint="Those who vouch for you, and who decide, read this first."
      filled={filled}
    />
  </section>
)

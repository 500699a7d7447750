import type { SignedIn } from '../access/find-session.ts'
import type { FoundSpace } from '../spaces/contract-space.ts'
import { Alert } from './alert.tsx'
import { countryInWords } from './countries.ts'
import { ChoiceField, Field, type Filled } from './field.tsx'
import type { Shown } from './inside.tsx'
import { InsideForm, placeInWords } from './inside-page.tsx'
import { Once } from './once.tsx'

type Receiver = Pick<FoundSpace, 'id' | 'name' | 'city' | 'countryCode'>

interface ChooseProps {
  /** What was looked for; null before anything was. */
  readonly text: string | null
  readonly found: readonly Receiver[]
}

/** First step: to which space. */
export const chooseReceiverPage = ({ text, found }: ChooseProps): Shown => ({
  title: 'Refer a member',
  lead: 'Somebody would be better served elsewhere? Find the space, and introduce them.',
  body: (
    <div class="stack loose">
      <form class="stack" method="get" action="/refer" role="search">
        <div class="field">
          <label for="q">Where to</label>
          <input
            id="q"
            name="q"
            type="search"
            required
            maxLength={100}
            value={text ?? ''}
            aria-describedby="q-hint"
          />
          <p class="hint" id="q-hint">
            The space, its city, or both: the beginnings of the words are enough.
          </p>
        </div>
        <div class="acts">
          <button class={text === null ? 'btn do' : 'btn'} type="submit">
            Look for it
          </button>
        </div>
      </form>
      {text !== null && found.length === 0 && (
        <p class="note" role="status">
          No space of the network is called so, or is there. Try the city alone, or fewer words.
        </p>
      )}
      {found.length > 0 && (
        <ul class="places long">
          {found.map(({ id, name, city, countryCode }) => (
            <li key={id}>
              <div>
                <h2>{name}</h2>
                <p class="soft">
                  {city}, {countryInWords(countryCode)}
                </p>
              </div>
              <a class="btn" href={`/refer/${id}`}>
                Refer<span class="hidden"> to {name}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  ),
})

interface ReferProps {
  readonly receiver: Receiver
  readonly filled: Filled
  readonly said?: string
  readonly status?: number
}

/** How long somebody would come, as the sender is asked. */
const stayChoices = [
  { value: 'visit', label: 'a visit: some days' },
  { value: 'temporary', label: 'for a while: weeks or months' },
  { value: 'relocate', label: 'for good: they move there' },
  { value: 'join', label: 'as a member, beside where they are' },
]

/** Second step: who, and what the space reads before it knows who. */
export const referPage = (signedIn: SignedIn, { receiver, filled, said, status }: ReferProps): Shown => ({
  title: `Refer somebody to ${receiver.name}`,
  lead: `In ${receiver.city}. Nothing is sent before they agree: we ask them by mail.`,
  ...(status !== undefined && { status }),
  body: (
    <div class="stack loose">
      <Alert said={said} />
      <ReferForm {...{ signedIn, receiver, filled }} />
      <p>
        <a href="/refer">Another space</a>
      </p>
    </div>
  ),
})

const ReferForm = ({ signedIn, receiver, filled }: ReferProps & { signedIn: SignedIn }) => (
  <InsideForm action={`/refer/${receiver.id}`} signedIn={signedIn} class="stack">
    <Once />
    <Field
      name="name"
      label="Their name"
      hint={`Sealed until ${receiver.name} says yes.`}
      most={120}
      filled={filled}
    />
    <Field
      name="email"
      label="Their e-mail"
      type="email"
      hint="We ask them here whether they agree. Sealed like the name."
      most={254}
      filled={filled}
    />
    <Field
      name="summary"
      label={`What ${receiver.name} reads first`}
      hint="Who would come and why, without saying who it is: Illustrator, wants quiet and daylight."
      isLong
      most={500}
      filled={filled}
    />
    <ChoiceField
      name="stay"
      label="How long"
      hint="As far as you know."
      filled={filled}
      usual="visit"
      choices={stayChoices}
    />
    <Field
      name="note"
      label={`A word from ${placeInWords(signedIn)}`}
      hint="Your recommendation, shown beside it. No name here, either."
      isLong
      isOptional
      most={1000}
      filled={filled}
    />
    <div class="acts">
      <button class="btn do" type="submit">
        Ask them
      </button>
    </div>
  </InsideForm>
)

/** What happens next. @param within how long the member has to answer, in words */
export const referredPage = (receiver: Receiver, within: string): Shown => ({
  title: 'They are being asked',
  lead: `A mail is on its way to the person whom you refer. They have ${within} to agree.`,
  body: (
    <div class="stack loose">
      <p>
        As soon as they agree, {receiver.name} reads what you wrote and decides. If it says yes, one mail
        introduces the three of you. What becomes of it is told to the address of your space.
      </p>
      <p class="acts">
        <a class="btn" href="/refer">
          Refer somebody else
        </a>
      </p>
    </div>
  ),
})

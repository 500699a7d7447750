import type { ClaimableFound } from '../network/find-claimable.ts'
import { Alert } from './alert.tsx'
import { countryInWords } from './countries.ts'
import { OutsidePage } from './outside-page.tsx'

export const joinFoot =
  'Run by the spaces in it. What you write is read by those who decide, and by nobody outside the network.'

interface JoinPageProps {
  /** What was looked for, and what was found. */
  readonly looked?: { readonly text: string } & ClaimableFound
  /** Why a choice could not be taken. */
  readonly said?: string
}

/** Where the owner of a space begins: is it in the directory already? */
export const JoinPage = ({ looked, said }: JoinPageProps) => (
  <OutsidePage title="Join the network" foot={joinFoot}>
    <h1>Bring your space into the network</h1>
    <p class="lead">
      Coworking spaces here send members to each other when another space would suit them better. For every
      person you send out, one comes back.
    </p>
    <Alert said={said} />
    <form class="stack" method="get" action="/join" role="search">
      <div class="field">
        <label for="q">Find your space</label>
        <input
          id="q"
          name="q"
          type="search"
          autocomplete="organization"
          required
          maxLength={100}
          value={looked?.text ?? ''}
          aria-describedby="q-hint"
        />
        <p class="hint" id="q-hint">
          Its name, its city, or both: the beginnings of the words are enough. Many spaces stand in public
          directories, and so here, before their owners come.
        </p>
      </div>
      <div class="acts wide">
        <button class={looked ? 'btn' : 'btn do'} type="submit">
          Look for it
        </button>
      </div>
    </form>
    {looked && <Results {...looked} />}
    <section class="stack">
      <h2>It is not in the list?</h2>
      <p>Then enter it yourself. Its name, its city and your e-mail address are enough to begin.</p>
      <p class="acts wide">
        <a class="btn" href="/join/apply">
          Enter my space
        </a>
      </p>
    </section>
    <p class="note">
      Somebody of your space is in the network already? Ask them to invite you. Do you have an account?{' '}
      <a href="/sign-in">Sign in</a>.
    </p>
  </OutsidePage>
)

const Results = ({ text, listed, hasMore }: NonNullable<JoinPageProps['looked']>) => {
  if (listed.length === 0)
    return (
      <p class="say-ok" role="status">
        Nothing waits here under “{text}”. Try fewer words, or enter your space yourself.
      </p>
    )
  return (
    <section aria-labelledby="found">
      <h2 id="found">Is one of these yours?</h2>
      <ul class="places long">
        {listed.map(({ id, name, street, city, countryCode }) => (
          <li key={id}>
            <div>
              <h3>{name}</h3>
              <p class="soft">{[street, city, countryInWords(countryCode)].filter(Boolean).join(', ')}</p>
            </div>
            <a class="btn" href={`/join/apply?space=${id}`}>
              This is mine
              <span class="hidden">: {name}</span>
            </a>
          </li>
        ))}
      </ul>
      {hasMore && <p class="note">There are more. Add the city, or more of the name.</p>}
    </section>
  )
}

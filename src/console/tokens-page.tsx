import type { SignedIn } from '../access/find-session.ts'
import type { listPersonalTokens } from '../access/list-personal-tokens.ts'
import { dayInWords } from '../events/wording.ts'
import { scopes, type Scope } from '../platform/operation.ts'
import { scopeWords } from './client-words.ts'
import { ChoiceField, Field, type Filled } from './field.tsx'
import { SignInAnew } from './fresh-sign-in.tsx'
import type { Shown } from './inside.tsx'
import { InsideForm, placeInWords } from './inside-page.tsx'

type Token = Awaited<ReturnType<typeof listPersonalTokens>>[number]

interface TokensPageProps {
  readonly tokens: readonly Token[]
  readonly isFresh: boolean
  readonly filled: Filled
}

/** In days. */
const lifeChoices = [7, 30, 90, 365]

/** One's own keys to the API. */
export const tokensPage = (signedIn: SignedIn, { tokens, isFresh, filled }: TokensPageProps): Shown => ({
  title: 'Personal tokens',
  lead: 'For a script of your own: it acts as you, for one space, as far as you let it. A program of the space gets its own secret instead.',
  ...(Object.keys(filled.faults).length > 0 && { status: 422 }),
  body: (
    <div class="stack loose">
      {tokens.length === 0 ? (
        <p class="note">You have none.</p>
      ) : (
        <ul class="places">
          {tokens.map((token) => (
            <Row key={token.id} signedIn={signedIn} token={token} />
          ))}
        </ul>
      )}
      {signedIn.actor.role === 'guest' ? null : isFresh ? (
        <Making signedIn={signedIn} filled={filled} />
      ) : (
        <SignInAnew
          signedIn={signedIn}
          why="A token acts as you while you are away. To make one, sign in anew first."
          returnTo="/tokens"
        />
      )}
    </div>
  ),
})

const Row = ({ signedIn, token }: { signedIn: SignedIn; token: Token }) => (
  <li>
    <div>
      <h2>{token.name}</h2>
      <p class="soft">
        For {token.spaceName ?? 'the network'}, until {dayInWords(token.expiresAt)},{' '}
        {token.lastUsedAt === null ? 'not used yet' : `last used on ${dayInWords(token.lastUsedAt)}`}:{' '}
        {token.scopes.join(', ')}
      </p>
    </div>
    <InsideForm action="/tokens/revoke" signedIn={signedIn} class="side">
      <input type="hidden" name="token" value={token.id} />
      <button class="btn" type="submit">
        End
        <span class="hidden"> the token {token.name}</span>
      </button>
    </InsideForm>
  </li>
)

const Making = ({ signedIn, filled }: { signedIn: SignedIn; filled: Filled }) => (
  <section class="sec">
    <h2>Make a token for {placeInWords(signedIn)}</h2>
    <InsideForm action="/tokens" signedIn={signedIn} class="stack">
      <Field
        name="name"
        label="Its name"
        hint="As you will know it again: Monday report."
        most={100}
        filled={filled}
      />
      <ChoiceField
        name="days"
        label="How long it works"
        hint="Shorter is safer."
        filled={filled}
        usual="30"
        choices={lifeChoices.map((days) => ({ value: String(days), label: `${String(days)} days` }))}
      />
      <fieldset class="stack">
        <legend>What it may do</legend>
        {filled.faults['scopes'] !== undefined && (
          <p class="say-bad" role="alert">
            {filled.faults['scopes']}
          </p>
        )}
        {scopesOf(signedIn).map((scope) => (
          <label class="tick" key={scope}>
            <input type="checkbox" name={scope} value="yes" checked={filled.typed[scope] !== undefined} />
            <span>
              {scopeWords[scope]}
              <span class="hint">{scope}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="acts">
        <button class="btn do" type="submit">
          Make it
        </button>
      </div>
    </InsideForm>
  </section>
)

/** Those of the reader's own role. */
export const scopesOf = ({ actor }: SignedIn): readonly Scope[] =>
  scopes.filter((scope) => actor.scopes.has(scope))

/** The one time that a token is shown. */
export const tokenPage = (name: string, token: string): Shown => ({
  title: `The token ${name}`,
  lead: 'Copy it now, into the script itself or a password manager. It is shown this once, and we do not keep it.',
  body: (
    <div class="stack loose">
      <div class="field">
        <label for="token">Token</label>
        <input id="token" type="text" readonly autocomplete="off" value={token} />
      </div>
      <p class="acts">
        <a class="btn do" href="/tokens">
          I have copied it
        </a>
      </p>
    </div>
  ),
})

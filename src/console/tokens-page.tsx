import type { SignedIn } from '../access/find-session.ts'
import type { listPersonalTokens } from '../access/list-personal-tokens.ts'
import { dayInWords } from '../events/wording.ts'
import { scopes, type Scope } from '../platform/operation.ts'
import { ChoiceField, type Filled } from './field.tsx'
import type { Shown } from './inside.tsx'
import { InsideForm, placeInWords } from './inside-page.tsx'
import { KeyForm } from './key-form.tsx'

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
  lead: 'For a script of your own: it acts as you, for one space, as far as you let it. What acts for the space itself is an API client, with a secret of its own.',
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
      {signedIn.actor.role !== 'guest' && (
        <KeyForm
          signedIn={signedIn}
          path="/tokens"
          title={`Make a token for ${placeInWords(signedIn)}`}
          why="A token acts as you while you are away. To make one, sign in anew first."
          example="Monday report"
          most={100}
          scopes={scopesOf(signedIn)}
          {...{ isFresh, filled }}
        >
          <ChoiceField
            name="days"
            label="How long it works"
            hint="Shorter is safer."
            filled={filled}
            usual="30"
            choices={lifeChoices.map((days) => ({ value: String(days), label: `${String(days)} days` }))}
          />
        </KeyForm>
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

/** Those of the reader's own role. */
const scopesOf = ({ actor }: SignedIn): readonly Scope[] => scopes.filter((scope) => actor.scopes.has(scope))

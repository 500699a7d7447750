import type { SignedIn } from '../access/find-session.ts'
import type { listPasskeys } from '../access/list-passkeys.ts'
import { dayInWords } from '../events/wording.ts'
import { passkeyScriptPath } from './assets.ts'
import { SignInAnew } from './fresh-sign-in.tsx'
import type { Shown } from './inside.tsx'
import { InsideForm } from './inside-page.tsx'
import { PasskeyForm } from './passkey-form.tsx'

type Passkey = Awaited<ReturnType<typeof listPasskeys>>[number]

const notKept =
  'That did not work, and nothing was kept. Try again; a passkey that is here already is not made twice.'

interface PasskeysPageProps {
  readonly passkeys: readonly Passkey[]
  /** Whether browsers make passkeys for this installation's address. */
  readonly isPossible: boolean
  /** Whether the sign-in is recent enough to add one. */
  readonly isFresh: boolean
  readonly hasFailed?: boolean
}

/** The quick way in: what one has, how to add one, how to take one away. */
export const passkeysPage = (signedIn: SignedIn, props: PasskeysPageProps): Shown => ({
  title: 'Passkeys',
  lead: 'Sign in with your finger, face or PIN, without waiting for a mail. The mailed link goes on working.',
  ...(props.isPossible && props.isFresh && { script: passkeyScriptPath }),
  ...(props.hasFailed && { status: 422 }),
  body: (
    <div class="stack loose">
      {props.hasFailed && <p class="say-bad">{notKept}</p>}
      {props.passkeys.length > 0 && (
        <ul class="places">
          {props.passkeys.map((passkey) => (
            <Row key={passkey.id} signedIn={signedIn} passkey={passkey} isFresh={props.isFresh} />
          ))}
        </ul>
      )}
      <Adding signedIn={signedIn} {...props} />
    </div>
  ),
})

const Adding = ({ signedIn, passkeys, isPossible, isFresh }: PasskeysPageProps & { signedIn: SignedIn }) => {
  if (!isFresh && (isPossible || passkeys.length > 0))
    return (
      <SignInAnew
        signedIn={signedIn}
        why="A passkey opens all that you may do here. To add or remove one, sign in anew first."
        returnTo="/passkeys"
      />
    )
  if (!isPossible)
    return (
      <p class="note">
        Browsers make passkeys for https and for localhost alone. Whoever runs this Waggle can give it such an
        address (<code>WAGGLE_BASE_URL</code>).
      </p>
    )
  return (
    <>
      <PasskeyForm action="/passkeys" does="create" label="Add a passkey" fault={notKept}>
        <input type="hidden" name="form" value={signedIn.formToken} />
      </PasskeyForm>
      <noscript>
        <p class="note">Passkeys need JavaScript; nothing else here does.</p>
      </noscript>
    </>
  )
}

interface RowProps {
  readonly signedIn: SignedIn
  readonly passkey: Passkey
  readonly isFresh: boolean
}

const Row = ({ signedIn, passkey, isFresh }: RowProps) => (
  <li>
    <div>
      <h2>{passkey.name}</h2>
      <p class="soft">
        Added on {dayInWords(passkey.createdAt)},{' '}
        {passkey.lastUsedAt === null ? 'not used yet' : `last used on ${dayInWords(passkey.lastUsedAt)}`}
      </p>
    </div>
    {isFresh && (
      <InsideForm action="/passkeys/remove" signedIn={signedIn} class="side">
        <input type="hidden" name="passkey" value={passkey.id} />
        <button class="btn" type="submit">
          Remove
          <span class="hidden"> the passkey of {passkey.name}</span>
        </button>
      </InsideForm>
    )}
  </li>
)

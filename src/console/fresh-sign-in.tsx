import type { SignedIn } from '../access/find-session.ts'
import { millisOf, minute } from '../platform/clock.ts'
import type { Visit } from './inside.tsx'
import { InsideForm } from './inside-page.tsx'

/** Whoever finds a browser open is not to make a lasting way in for themselves. */
export const isFresh = ({ ctx, signedIn }: Pick<Visit, 'ctx' | 'signedIn'>): boolean =>
  ctx.clock.now() - millisOf(signedIn.signedInAt) < 15 * minute

interface SignInAnewProps {
  readonly signedIn: SignedIn
  /** Why it is asked. */
  readonly why: string
  /** Where the reader comes back to. */
  readonly returnTo: string
}

/** Stands where something lasting is made, for who signed in too long ago. */
export const SignInAnew = ({ signedIn, why, returnTo }: SignInAnewProps) => (
  <InsideForm action="/sign-out" signedIn={signedIn} class="stack">
    <p class="note">{why}</p>
    <input type="hidden" name="return" value={returnTo} />
    <button class="btn" type="submit">
      Sign in anew
    </button>
  </InsideForm>
)

import type { SignedIn } from '../access/find-session.ts'
import { permits } from '../platform/permissions.ts'
import type { Shown } from './inside.tsx'
import { InsideForm, placeInWords } from './inside-page.tsx'

/** Whether the reader owns a space that is in the network. */
export const mayLeave = ({ actor }: SignedIn): boolean =>
  permits(actor, 'access:write') && actor.standing === 'admitted'

/** What leaving means, before it is done. */
export const leavingPage = (signedIn: SignedIn): Shown => {
  const name = placeInWords(signedIn)
  return {
    title: 'Leave the network',
    lead: `${name} would be found by nobody any more, and could refer and accept nobody.`,
    body: (
      <div class="stack loose">
        <p>
          What is open now goes on: members whom you have accepted still come, and what was counted stays
          counted. Only the steward can take {name} in again.
        </p>
        <InsideForm action="/leave" signedIn={signedIn} class="acts">
          <input type="hidden" name="space" value={signedIn.actor.spaceId ?? ''} />
          <button class="btn" type="submit">
            Take {name} out of the network
          </button>
          <a class="btn text" href="/home">
            No, stay
          </a>
        </InsideForm>
      </div>
    ),
  }
}

import type { Id } from '../platform/ids.ts'
import { joinFoot } from './join-page.tsx'
import { OutsidePage } from './outside-page.tsx'
import { signInPath } from './return-path.ts'

/** The same for every address, known here or not. @param within how long the link works, in words */
export const AppliedPage = ({ within }: { within: string }) => (
  <OutsidePage title="Look into your mail" foot={joinFoot}>
    <h1>Look into your mail</h1>
    <p class="lead">
      We have written to the address that you gave. Press the link in that mail within {within}: only then
      does your application count.
    </p>
    <p class="note">
      Nothing came? Look among the unwanted mail, or <a href="/join">apply again</a>, perhaps with another
      address. What is not confirmed is forgotten.
    </p>
  </OutsidePage>
)

interface ConfirmPageProps {
  readonly token: string
  readonly spaceName: string
}

/** What the mailed link opens: looking changes nothing, since programs look into mails before people do. */
export const ConfirmPage = ({ token, spaceName }: ConfirmPageProps) => (
  <OutsidePage title="Confirm" foot={joinFoot}>
    <h1>{spaceName} asks to be taken in</h1>
    <p class="lead">
      Press the button, and the network learns of it. It is you who applies, with this address.
    </p>
    <form class="acts wide" method="post" action={`/join/confirm/${token}`}>
      <button class="btn do" type="submit">
        Yes, I apply
      </button>
    </form>
    <p class="note">
      If you did not apply for {spaceName}, close this page: somebody has typed your address, and nothing
      comes of it.
    </p>
  </OutsidePage>
)

export const ConfirmGonePage = () => (
  <OutsidePage title="This link no longer works" foot={joinFoot}>
    <h1>This link no longer works</h1>
    <p class="lead">
      It works once, and for a short time. If you have pressed it before, your application is on its way: sign
      in to see how it stands. If not, apply again.
    </p>
    <p class="acts wide">
      <a class="btn do" href="/sign-in">
        Sign in
      </a>
      <a class="btn" href="/join">
        Apply again
      </a>
    </p>
  </OutsidePage>
)

/** For a second mail about the same space. @param said why nothing more comes of it */
export const ConfirmedBeforePage = ({ said }: { said: string }) => (
  <OutsidePage title="Nothing more to do" foot={joinFoot}>
    <h1>{said}</h1>
    <p class="lead">
      You need not confirm twice: this mail adds nothing. Sign in to see how your application stands. A second
      house in the same city needs a name of its own.
    </p>
    <p class="acts wide">
      <a class="btn do" href="/sign-in">
        Sign in
      </a>
    </p>
  </OutsidePage>
)

/** For who is known here already, and has to show anew who they are. */
export const ConfirmedPage = ({ application }: { application: Id<'application'> }) => (
  <OutsidePage title="Confirmed" foot={joinFoot}>
    <h1>The network has your application</h1>
    <p class="lead">
      You have been here before with this address. Sign in with it to see how your application stands, and
      what comes next.
    </p>
    <p class="acts wide">
      <a class="btn do" href={signInPath(`/applications/${application}`)}>
        Sign in
      </a>
    </p>
  </OutsidePage>
)

import { Alert } from './alert.tsx'
import { BigDance } from './dance.tsx'
import { Field, unfilled } from './field.tsx'
import { OutsidePage } from './outside-page.tsx'
import { PasskeyForm } from './passkey-form.tsx'

const foot =
  'Run by the spaces in it. Were you referred by your space? Then your page is in its e-mail to you.'

/** What did not work, and where the browser goes once it has. */
export interface Attempt {
  readonly returnTo: string
  /** What was typed, when it is no address. */
  readonly typed?: string
  /** Why another way in did not work. */
  readonly said?: string
}

interface SignInPageProps extends Attempt {
  /** The path of the script, where passkeys can be used. */
  readonly script?: string
  /** The name of another provider at which people here may sign in. */
  readonly provider?: string
}

/** The entrance: the ways in, the one that needs nothing but a mailbox first. */
export const SignInPage = ({ returnTo, typed, said, script, provider }: SignInPageProps) => (
  <OutsidePage title="Sign in" foot={foot} shape="enter" {...(script !== undefined && { script })}>
    <div class="stack">
      <BigDance />
      <h1>For every person you send out, one comes back.</h1>
      <p class="lead soft">A network of coworking spaces that look after each other’s members.</p>
    </div>
    <div class="stack loose">
      <Alert said={said} />
      <form class="stack" method="post" action="/sign-in">
        <h2>Sign in</h2>
        <input type="hidden" name="return" value={returnTo} />
        <Address typed={typed} />
        <div class="acts wide">
          <button class="btn do" type="submit">
            Send me the link
          </button>
        </div>
      </form>
      <OtherWays {...{ returnTo, script, provider }} />
      <p class="note">
        Not in the network yet? <a href="/join">Apply to join</a>.
      </p>
    </div>
  </OutsidePage>
)

const OtherWays = (ways: { returnTo: string; script: string | undefined; provider: string | undefined }) => {
  const { returnTo, script, provider } = ways
  if (script === undefined && provider === undefined) return null
  return (
    <div class="stack">
      {script !== undefined && (
        <PasskeyForm
          action="/sign-in/passkey"
          does="get"
          label="Use a passkey"
          fault="That did not work. Try again, or have a link sent to you."
        >
          <input type="hidden" name="return" value={returnTo} />
        </PasskeyForm>
      )}
      {provider !== undefined && (
        <p class="acts">
          <a class="btn" href={`/sign-in/provider?return=${encodeURIComponent(returnTo)}`}>
            Sign in with {provider}
          </a>
        </p>
      )}
    </div>
  )
}

const wrongAddress = 'That is no e-mail address. Write it as in name@example.org.'

const Address = ({ typed }: { typed: string | undefined }) => (
  <Field
    name="email"
    label="Your work e-mail"
    type="email"
    hint="We send you a link that works once, for 15 minutes. There is no password to forget."
    most={254}
    autocomplete="email"
    filled={typed === undefined ? unfilled : { typed: { email: typed }, faults: { email: wrongAddress } }}
  />
)

const linkFoot = 'Opening a page here changes nothing.'

/** The same for every address, known here or not. */
export const LinkSentPage = () => (
  <OutsidePage title="Look into your mail" foot={linkFoot}>
    <h1>Look into your mail</h1>
    <p class="lead">
      If somebody here has this address, a link to sign in is on its way. Open it in this browser, within 15
      minutes.
    </p>
    <p class="note">
      Nothing came? Look among the unwanted mail, or <a href="/sign-in">type the address again</a>. Somebody
      who has no account can <a href="/join">apply to join</a>.
    </p>
  </OutsidePage>
)

/** What the mailed link opens: looking uses nothing up, since programs look into mails before people do. */
export const LinkPage = ({ token }: { token: string }) => (
  <OutsidePage title="Sign in" foot={linkFoot}>
    <h1>One press, and you are in</h1>
    <p class="lead">This link signs you in to Waggle in this browser. It works once.</p>
    <form class="acts wide" method="post" action={`/sign-in/link/${token}`}>
      <button class="btn do" type="submit">
        Sign in
      </button>
    </form>
  </OutsidePage>
)

export const OtherBrowserPage = ({ token }: { token: string }) => (
  <OutsidePage title="Another browser" foot={linkFoot}>
    <h1>You asked for this link in another browser</h1>
    <p class="lead">
      It works only there, so that nobody else can use it. Open it in that browser, or have a new link sent
      that works in this one.
    </p>
    <form class="acts wide" method="post" action={`/sign-in/link/${token}/again`}>
      <button class="btn do" type="submit">
        Send me a link for this browser
      </button>
    </form>
    <p class="note">
      If you did not ask to sign in at all, close this page: somebody has typed your address.
    </p>
  </OutsidePage>
)

export const LinkGonePage = () => (
  <OutsidePage title="This link no longer works" foot={linkFoot}>
    <h1>This link no longer works</h1>
    <p class="lead">
      A link to sign in works once, for 15 minutes. This one has been used, or its time is over.
    </p>
    <p class="acts wide">
      <a class="btn do" href="/sign-in">
        Get a new link
      </a>
    </p>
  </OutsidePage>
)

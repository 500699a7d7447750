import type { OpenInvitation } from '../access/manager-invitation.ts'
import { dayInWords } from '../events/wording.ts'
import { Field, type Filled } from './field.tsx'
import { OutsidePage } from './outside-page.tsx'
import { roleWords } from '../access/role-words.ts'
import { signInPath } from './return-path.ts'

const foot = 'Opening a page here changes nothing.'

interface PeopleJoinPageProps {
  readonly token: string
  readonly invitation: OpenInvitation
  /** Whoever is signed in; `other` is somebody else than who is invited. */
  readonly reader: 'invited' | 'other' | 'nobody'
  /** What the forms of the reader's session carry. */
  readonly formToken: string
  readonly filled: Filled
}

/** What the mailed invitation opens: who asks, for what, and the next step. Looking changes nothing. */
export const PeopleJoinPage = ({ token, invitation, reader, formToken, filled }: PeopleJoinPageProps) => {
  const { spaceName, role, expiresAt, isNameless } = invitation
  return (
    <OutsidePage title={`Act for ${spaceName}`} foot={foot}>
      <h1>Act for {spaceName}</h1>
      <p class="lead">
        You are invited as {role}, who {roleWords[role]}.
      </p>
      {reader === 'invited' && (
        <form class="stack" method="post" action={`/people/join/${token}`}>
          <input type="hidden" name="form" value={formToken} />
          {isNameless && (
            <Field
              name="name"
              label="Your name"
              hint="As your colleagues, and members whom you refer, know you."
              most={100}
              autocomplete="name"
              filled={filled}
            />
          )}
          <div class="acts wide">
            <button class="btn do" type="submit">
              Accept
            </button>
          </div>
        </form>
      )}
      {reader === 'nobody' && (
        <p class="acts wide">
          <a class="btn do" href={signInPath(`/people/join/${token}`)}>
            Sign in to accept
          </a>
        </p>
      )}
      {reader === 'other' && (
        <p class="note">
          You are signed in with another address than the one that was invited. Sign out at{' '}
          <a href="/home">your first page</a>, open the link again, and sign in with that address.
        </p>
      )}
      <p class="note">
        The invitation can be accepted until {dayInWords(expiresAt)}
        {reader === 'nobody' && ', with the address to which it was sent'}. If you do not know {spaceName},
        close this page: nothing comes of it.
      </p>
    </OutsidePage>
  )
}

export const PeopleJoinGonePage = () => (
  <OutsidePage title="This link no longer works" foot={foot}>
    <h1>This link no longer works</h1>
    <p class="lead">
      The invitation was accepted or withdrawn, or its time is over. If you have accepted it, sign in. If not,
      ask who has invited you for another one.
    </p>
    <p class="acts wide">
      <a class="btn do" href="/sign-in">
        Sign in
      </a>
    </p>
  </OutsidePage>
)

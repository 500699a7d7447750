import type { ComponentChildren } from 'preact'
import type { SignedIn } from '../access/find-session.ts'
import type { Scope } from '../platform/operation.ts'
import { Field, type Filled } from './field.tsx'
import { SignInAnew } from './fresh-sign-in.tsx'
import { InsideForm } from './inside-page.tsx'
import { Once } from './once.tsx'
import { ScopeBoxes } from './scope-boxes.tsx'

interface KeyFormProps {
  readonly signedIn: SignedIn
  /** Where the page stands, which takes the form as well. */
  readonly path: string
  readonly title: string
  /** Why whoever signed in long ago signs in anew. */
  readonly why: string
  /** A name that somebody could give it. */
  readonly example: string
  readonly most: number
  readonly scopes: readonly Scope[]
  readonly isFresh: boolean
  readonly filled: Filled
  /** What else is asked. */
  readonly children?: ComponentChildren
}

/** How a way in that lasts is made: an API client or a personal token. Its secret is on the page that answers. */
export const KeyForm = ({ signedIn, path, filled, ...asked }: KeyFormProps) => {
  if (!asked.isFresh) return <SignInAnew signedIn={signedIn} why={asked.why} returnTo={path} />
  return (
    <section class="sec">
      <h2>{asked.title}</h2>
      <InsideForm action={path} signedIn={signedIn} class="stack" noValidate>
        <Once />
        <Field
          name="name"
          label="Its name"
          hint={`As you will know it again: ${asked.example}.`}
          most={asked.most}
          filled={filled}
        />
        {asked.children}
        <ScopeBoxes choices={asked.scopes} filled={filled} />
        <div class="acts">
          <button class="btn do" type="submit">
            Make it
          </button>
        </div>
      </InsideForm>
    </section>
  )
}

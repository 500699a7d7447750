import type { Shown } from './inside.tsx'
import { Lines } from './outside-page.tsx'

interface Secret {
  readonly title: string
  /** Where it belongs, besides a password manager: "the script". */
  readonly into: string
  readonly values: readonly { readonly term: string; readonly value: string }[]
  /** Where to go once it is copied. */
  readonly next: string
}

/** The one time that a secret is shown. */
export const shownOnce = ({ title, into, values, next }: Secret): Shown => ({
  title,
  lead: `Copy it now, into ${into} or a password manager. It is shown this once, and we do not keep it.`,
  body: (
    <div class="stack loose">
      <Lines facts={values.map(({ term, value }) => ({ term, text: <code class="whole">{value}</code> }))} />
      <p class="acts">
        <a class="btn do" href={next}>
          I have copied it
        </a>
      </p>
    </div>
  ),
})

interface Made {
  readonly title: string
  /** What to do for who has not copied the secret. */
  readonly otherwise: string
  readonly next: { readonly path: string; readonly label: string }
}

/** Said to who presses the same button again: there is no second one, and nothing to be shown. */
export const madeAlready = ({ title, otherwise, next }: Made): Shown => ({
  title,
  lead: 'The button was pressed twice, and that counts once. The secret was shown after the first press; we do not keep it.',
  status: 409,
  body: (
    <div class="stack">
      <p>{otherwise}</p>
      <p class="acts">
        <a class="btn do" href={next.path}>
          {next.label}
        </a>
      </p>
    </div>
  ),
})

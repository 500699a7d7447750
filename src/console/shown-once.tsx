import type { Shown } from './inside.tsx'

interface Secret {
  readonly title: string
  /** Where it belongs, besides a password manager: "the script". */
  readonly into: string
  readonly values: readonly {
    readonly id: string
    readonly label: string
    readonly value: string
  }[]
  /** Where to go once it is copied. */
  readonly next: string
}

/** The one time that a secret is shown. */
export const shownOnce = ({ title, into, values, next }: Secret): Shown => ({
  title,
  lead: `Copy it now, into ${into} or a password manager. It is shown this once, and we do not keep it.`,
  body: (
    <div class="stack loose">
      <div class="stack">
        {values.map(({ id, label, value }) => (
          <div class="field" key={id}>
            <label for={id}>{label}</label>
            <input id={id} type="text" readonly autocomplete="off" value={value} />
          </div>
        ))}
      </div>
      <p class="acts">
        <a class="btn do" href={next}>
          I have copied it
        </a>
      </p>
    </div>
  ),
})

import type { ComponentChildren } from 'preact'

interface PasskeyFormProps {
  readonly action: string
  readonly does: 'get' | 'create'
  readonly label: string
  /** What is said when the authenticator, or the person, says no. */
  readonly fault: string
  readonly children: ComponentChildren
}

/** A form that the script of passkeys fills; without the script it is not there. */
export const PasskeyForm = ({ action, does, label, fault, children }: PasskeyFormProps) => (
  <form class="stack" method="post" action={action} data-passkey={does} hidden>
    {children}
    <input type="hidden" name="answer" value="" />
    <p class="say-bad" role="alert" hidden>
      {fault}
    </p>
    <div class="acts">
      <button class={does === 'create' ? 'btn do' : 'btn'} type="submit">
        {label}
      </button>
    </div>
  </form>
)

import type { ComponentChildren } from 'preact'

/** What is wrong with what was typed, by the names of the fields. */
export type Faults = Readonly<Record<string, string>>

/** A form as it is shown: empty, or as it was sent and what is wrong with it. */
export interface Filled {
  readonly typed: Readonly<Record<string, string>>
  readonly faults: Faults
}

export const unfilled: Filled = { typed: {}, faults: {} }

interface FieldProps {
  readonly name: string
  readonly label: string
  /** Said beneath; where something is wrong, that is said instead. */
  readonly hint?: ComponentChildren
  readonly filled: Filled
  /** What stands there before anything is typed. */
  readonly usual?: string
  readonly type?: 'text' | 'email' | 'search'
  /** Several lines. */
  readonly isLong?: boolean
  readonly isOptional?: boolean
  readonly most: number
  readonly autocomplete?: string
}

/** A field with its label, its hint, and what is wrong with it; the first one that is wrong is where the reader stands. */
export const Field = (props: FieldProps) => {
  const { name, filled, hint, usual = '', isLong = false, isOptional = false, most } = props
  const fault = filled.faults[name]
  const said = fault ?? hint
  const value = filled.typed[name] ?? usual
  const input = {
    id: name,
    name,
    maxLength: most,
    required: !isOptional,
    autocomplete: props.autocomplete ?? 'off',
    ...(said !== undefined && { 'aria-describedby': `${name}-hint` }),
    ...markOf(name, filled),
  }
  return (
    <div class={fault === undefined ? 'field' : 'field bad'}>
      <label for={name}>
        {props.label}
        {isOptional && <span class="soft"> (optional)</span>}
      </label>
      {isLong ? (
        <textarea {...input}>{value}</textarea>
      ) : (
        <input {...input} type={props.type ?? 'text'} value={value} />
      )}
      {said !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {said}
        </p>
      )}
    </div>
  )
}

interface ChoiceFieldProps extends Pick<FieldProps, 'name' | 'label' | 'hint' | 'filled' | 'usual'> {
  readonly choices: readonly { readonly value: string; readonly label: string }[]
}

export const ChoiceField = ({ name, label, hint, filled, usual = '', choices }: ChoiceFieldProps) => {
  const fault = filled.faults[name]
  const chosen = filled.typed[name] ?? usual
  return (
    <div class={fault === undefined ? 'field' : 'field bad'}>
      <label for={name}>{label}</label>
      <select id={name} name={name} aria-describedby={`${name}-hint`} {...markOf(name, filled)}>
        {choices.map(({ value, label: words }) => (
          <option key={value} value={value} selected={value === chosen}>
            {words}
          </option>
        ))}
      </select>
      <p class="hint" id={`${name}-hint`}>
        {fault ?? hint}
      </p>
    </div>
  )
}

/** How a field with a fault is told apart by who does not see it. */
const markOf = (name: string, { faults }: Filled) => ({
  ...(faults[name] !== undefined && { 'aria-invalid': 'true' as const }),
  ...(Object.keys(faults)[0] === name && { autofocus: true }),
})

import { scopes, type Scope } from '../platform/operation.ts'
import type { Filled } from './field.tsx'
import type { Fields } from './own-forms.ts'
import { scopeWords } from './scope-words.ts'

interface ScopeBoxesProps {
  readonly choices: readonly Scope[]
  readonly filled: Filled
}

/** What an API client or a personal token may do: a box for each scope, and the scope's name for who reads the contract. */
export const ScopeBoxes = ({ choices, filled }: ScopeBoxesProps) => {
  const fault = filled.faults['scopes']
  const isFirstFault = Object.keys(filled.faults)[0] === 'scopes'
  return (
    <fieldset class="stack" {...(fault !== undefined && { 'aria-describedby': 'scopes-fault' })}>
      <legend>What it may do</legend>
      {fault !== undefined && (
        <p class="say-bad" id="scopes-fault">
          {fault}
        </p>
      )}
      {choices.map((scope, n) => (
        <label class="tick" key={scope}>
          <input
            type="checkbox"
            name={scope}
            value="yes"
            checked={filled.typed[scope] !== undefined}
            {...(isFirstFault && n === 0 && { autofocus: true })}
          />
          <span>
            {scopeWords[scope]}
            <span class="hint">{scope}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** The boxes that were ticked, or that a forged form names. */
export const tickedScopes = (fields: Fields): Scope[] => scopes.filter((scope) => fields[scope] !== undefined)

const said: Readonly<Record<string, string>> = {
  name: 'Give it a name, on one line.',
  scopes: 'Choose at least one thing that it may do.',
  days: 'Choose how long it works.',
}

/** What to say beside the fields that the contract finds fault with. */
export const faultsOfKey = (issues: readonly { readonly path: readonly PropertyKey[] }[]) =>
  Object.fromEntries(Object.entries(said).filter(([field]) => issues.some(({ path }) => path[0] === field)))

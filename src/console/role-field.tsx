import { roleWords } from '../access/role-words.ts'
import { managerRoles, type ManagerRole } from '../platform/roles.ts'

interface RoleFieldProps {
  readonly chosen: string
  readonly hint: string
}

/** What somebody may do for the space: each role with what it means, which no list that folds up has room for on a phone. */
export const RoleField = ({ chosen, hint }: RoleFieldProps) => (
  <fieldset class="stack" aria-describedby="role-hint">
    <legend>What they may do</legend>
    <p class="hint" id="role-hint">
      {hint}
    </p>
    {managerRoles.map((role) => (
      <label class="tick" key={role}>
        <input type="radio" name="role" value={role} checked={role === known(chosen)} />
        <span>
          {role}
          <span class="hint">{roleWords[role]}</span>
        </span>
      </label>
    ))}
  </fieldset>
)

/** The usual one where a form names none that there is. */
const known = (chosen: string): ManagerRole => managerRoles.find((role) => role === chosen) ?? 'manager'

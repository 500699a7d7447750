import type { AuditRow } from '../audit/contract.ts'
import { dayInWords } from '../events/wording.ts'
import { millisOf } from '../platform/clock.ts'
import type { LogDays, LogFaults } from './log-range.ts'
import { deedInWords } from './log-words.ts'
import type { Shown } from './inside.tsx'
import { wallTimeAt } from './space-time.ts'

interface LogShown {
  readonly days: LogDays
  readonly faults: LogFaults
  readonly rows: readonly AuditRow[]
  /** Where the rows before these are; null when there are none. */
  readonly earlier: string | null
  /** By whose clock days and times are told. */
  readonly timezone: string
  readonly isForNetwork: boolean
}

/** Who did what, day by day, the newest first. */
export const logPage = (shown: LogShown): Shown => ({
  title: 'What was done',
  lead: shown.isForNetwork
    ? 'What was done in the network, and what was decided about spaces. Nobody can change it.'
    : 'Every contact that was opened and everything that was changed, and by whom. Nobody can change it.',
  status: Object.keys(shown.faults).length > 0 ? 422 : 200,
  body: (
    <>
      <Days {...shown} />
      <Rows {...shown} />
    </>
  ),
})

const Days = ({ days, faults }: LogShown) => (
  <form method="get" action="/log" class="range">
    <DayField name="from" label="First day" value={days.from} fault={faults.from} />
    <DayField name="to" label="Last day" value={days.to} fault={faults.to} />
    <div class="acts">
      <button class="btn">Show</button>
    </div>
  </form>
)

interface DayFieldProps {
  readonly name: keyof LogDays
  readonly label: string
  readonly value: string
  readonly fault: string | undefined
}

const DayField = ({ name, label, value, fault }: DayFieldProps) => (
  <div class={fault === undefined ? 'field' : 'field bad'}>
    <label for={name}>{label}</label>
    <input
      {...{ id: name, name, value }}
      type="date"
      required
      aria-invalid={fault !== undefined}
      autofocus={fault !== undefined}
      aria-describedby={fault === undefined ? undefined : `${name}-fault`}
    />
    {fault !== undefined && (
      <p class="hint" id={`${name}-fault`}>
        {fault}
      </p>
    )}
  </div>
)

const Rows = (shown: LogShown) => {
  const { rows, days, faults, earlier } = shown
  if (Object.keys(faults).length > 0) return null
  if (rows.length === 0) return <p>Nothing was done in these days.</p>
  return (
    <>
      {byDay(shown).map(([on, ofDay]) => (
        <section class="sec" key={on}>
          <h2>{dayInWords(on)}</h2>
          <ul class="places long">
            {ofDay.map((row) => (
              <Row key={row.id} {...{ row, shown }} />
            ))}
          </ul>
        </section>
      ))}
      <div class="acts">
        {earlier !== null && (
          <a class="btn" href={earlier}>
            Earlier
          </a>
        )}
        <a class="btn text" href={`/log/export?${new URLSearchParams({ ...days }).toString()}`} download>
          Download these days (CSV)
        </a>
      </div>
    </>
  )
}

const byDay = ({ rows, timezone }: LogShown) => {
  const days = new Map<string, AuditRow[]>()
  for (const row of rows) {
    const on = wallTimeAt(timezone, millisOf(row.at)).slice(0, 10)
    days.set(on, [...(days.get(on) ?? []), row])
  }
  return [...days]
}

const Row = ({ row, shown: { timezone, isForNetwork } }: { row: AuditRow; shown: LogShown }) => {
  const { before, object, after } = deedInWords(row)
  return (
    <li>
      <div>
        <p>
          {before}
          {object !== null && <code>{object}</code>}
          {after}
        </p>
        {isForNetwork && row.spaceId !== null && row.spaceId !== object && (
          <p class="soft">
            in <code>{row.spaceId}</code>
          </p>
        )}
      </div>
      <p class="side">
        <time dateTime={row.at}>{wallTimeAt(timezone, millisOf(row.at)).slice(11)}</time>
      </p>
    </li>
  )
}

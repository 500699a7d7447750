interface TabsProps<Status extends string> {
  /** What is sorted into them, for who does not see them. */
  readonly label: string
  readonly path: string
  readonly statuses: readonly Status[]
  readonly headings: Readonly<Record<Status, { readonly label: string }>>
  readonly current: Status
}

/** A list by how things stand, a tab for each. */
export const Tabs = <Status extends string>({
  label,
  path,
  statuses,
  headings,
  current,
}: TabsProps<Status>) => (
  <nav class="tabs" aria-label={label}>
    <ul>
      {statuses.map((one) => (
        <li key={one}>
          <a href={`${path}?status=${one}`} {...(one === current && { 'aria-current': 'page' as const })}>
            {headings[one].label}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

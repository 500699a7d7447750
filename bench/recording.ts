import pg from 'pg'

/** A statement as the product hands it to pg. */
export interface Recorded {
  readonly name: string
  readonly text: string
  readonly values: unknown[]
}

type Query = (config: string | Recorded, values?: unknown[], ...rest: unknown[]) => unknown

/** What this process sends to PostgreSQL while `use` runs. */
export const recordedDuring = async (use: () => Promise<unknown>): Promise<Recorded[]> => {
  const recorded: Recorded[] = []
  const prototype = pg.Client.prototype as unknown as { query: Query }
  const { query } = prototype
  prototype.query = function (this: unknown, config, values, ...rest) {
    if (typeof config !== 'string') {
      const { name, text } = config
      recorded.push({ name, text, values: values ?? config.values })
    }
    return query.call(this, config, values, ...rest)
  }
  try {
    await use()
  } finally {
    prototype.query = query
  }
  return recorded
}

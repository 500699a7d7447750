import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/** Opens a session that others can see; losing it is the matter of whoever uses the database, not ours. */
export async function openSession(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** How many sessions other processes have open; `session` is the application_name of our own. */
export async function countOthers(client: pg.Client, session: string): Promise<number> {
  const { rows } = await client.query<{ others: number }>(
    `select count(*)::int as others from pg_stat_activity
      where backend_type = 'client backend' and application_name <> $1`,
    [session],
  )
  return rows[0]?.others ?? 0
}

/** Waits until no other session is left, or patience has run out; tells once why it waits. */
export async function waitForOthers(
  client: pg.Client,
  session: string,
  patience: AbortSignal | undefined,
  log: (line: string) => void,
): Promise<void> {
  let told = false
  for (;;) {
    const others = await countOthers(client, session)
    if (others === 0 || patience?.aborted === true) return
    if (!told) log(`Waiting for ${String(others)} other session(s) to end before the database stops ...`)
    told = true
    await delay(50)
  }
}

import type pg from 'pg'
import { instant } from '../clock.ts'

const partitioned = ['referral_events', 'audit_log']

/** How many quarters are made ahead, this one included. */
const quartersAhead = 3

interface Quarter {
  readonly name: string
  readonly from: string
  readonly to: string
}

const quarterAfter = (now: number, ahead: number): Quarter => {
  const year = Number(instant(now).slice(0, 4))
  const quarter = Math.floor((Number(instant(now).slice(5, 7)) - 1) / 3)
  const startOf = (index: number) => instant(Date.UTC(year, 3 * index, 1))
  const from = startOf(quarter + ahead)
  const name = `${from.slice(0, 4)}_q${String(Math.floor((Number(from.slice(5, 7)) - 1) / 3) + 1)}`
  return { name, from, to: startOf(quarter + ahead + 1) }
}

/**
 * Makes the partitions of this quarter and the next ones. Runs at every start and once a day; a quarter that has
 * rows in the default partition already (the server was away for long) keeps using that.
 */
export const addPartitions = async (client: pg.ClientBase, now: number): Promise<void> => {
  for (const table of partitioned) {
    for (let ahead = 0; ahead < quartersAhead; ahead += 1) {
      await addPartition(client, table, quarterAfter(now, ahead))
    }
  }
}

const addPartition = async (client: pg.ClientBase, table: string, { name, from, to }: Quarter) => {
  const partition = `${table}_${name}`
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass($1) is not null or exists (select 1 from ${table}_default where at >= $2 and at < $3) as there`,
    [partition, from, to],
  )
  if (rows[0]?.there) return
  // Made apart and attached, as `create table … partition of` would wait for every transaction that writes to the table,
  // and keep all later ones waiting behind it. Sent as one text, it is one transaction.
  await client.query(
    `create table ${partition} (like ${table} including indexes);
    grant select, insert on ${partition} to waggle_app;
    alter table ${table} attach partition ${partition} for values from ('${from}') to ('${to}')`,
  )
}

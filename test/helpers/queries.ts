import type pg from 'pg'
import type { TestApp } from './app.ts'

type Query = pg.PoolClient['query']

/** What a query is asked with: its text, or an object that holds it. */
const textOf = (query: unknown): string =>
  (typeof query === 'string' ? query : (query as { text: string }).text).replaceAll(/\s+/g, ' ').trim()

/**
 * The text of every statement that this app sends to the database while `fn` runs, in order, transactions included:
 * two requests that did the same work have the same list. Values are left out, as they name whom it was about.
 */
export const queriesOf = async (test: TestApp, fn: () => Promise<unknown>): Promise<string[]> => {
  const texts: string[] = []
  const { pool } = test.deps.db
  const heard = new Set<pg.PoolClient>()
  const listen = (client: pg.PoolClient) => {
    if (heard.has(client)) return
    heard.add(client)
    const send = client.query.bind(client) as (...args: unknown[]) => unknown
    client.query = ((...args: unknown[]) => {
      texts.push(textOf(args[0]))
      return send(...args)
    }) as Query
  }
  pool.on('acquire', listen)
  try {
    await fn()
  } finally {
    pool.off('acquire', listen)
    // The method of the class shows again.
    for (const client of heard) Reflect.deleteProperty(client, 'query')
  }
  return texts
}

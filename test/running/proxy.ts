import { createServer, connect, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { makeTempFolder, type Teardown } from '../helpers/temp-folder.ts'

/** Stands between a server and its database, to be cut, stalled and mended. */
interface Proxy {
  /** Leads to the same database by way of the proxy. */
  readonly url: string
  /** Nobody comes in, and who was inside is thrown out. */
  cut(): Promise<void>
  /** Whatever is said from now on by those inside is not heard. */
  stall(): void
  /** As at the beginning. */
  mend(): Promise<void>
}

/** Listens on a Unix socket, whichever way the database itself is reached. */
export const makeProxy = async (t: Teardown, databaseUrl: string): Promise<Proxy> => {
  const folder = await makeTempFolder(t)
  const { host, port, user, password, database } = new pg.Client({ connectionString: databaseUrl })
  const target = host.startsWith('/') ? { path: `${host}/.s.PGSQL.${String(port)}` } : { host, port }
  const pairs = new Set<[Socket, Socket]>()
  let server: Server | undefined
  const mend = async () => {
    for (const [from, to] of pairs) from.pipe(to).pipe(from)
    if (server) return
    server = createServer((from) => {
      const to = connect(target)
      const pair: [Socket, Socket] = [from, to]
      pairs.add(pair)
      for (const socket of pair) {
        socket.on('error', () => undefined)
        socket.on('close', () => {
          pairs.delete(pair)
          for (const other of pair) other.destroy()
        })
      }
      from.pipe(to).pipe(from)
    })
    const opened = server
    await new Promise<void>((resolve) => opened.listen(join(folder, '.s.PGSQL.5432'), resolve))
  }
  const cut = async () => {
    const closed = server
    server = undefined
    for (const pair of pairs) for (const socket of pair) socket.destroy()
    if (closed) await new Promise((resolve) => closed.close(resolve))
  }
  const stall = () => {
    for (const [from] of pairs) from.unpipe()
  }
  t.teardown(cut)
  await mend()
  const who = `${user ?? ''}:${encodeURIComponent(String(password))}`
  return {
    url: `postgresql://${who}@/${database ?? ''}?host=${encodeURIComponent(folder)}&port=5432&sslmode=disable`,
    cut,
    stall,
    mend,
  }
}

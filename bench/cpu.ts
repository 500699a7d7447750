import { readFile, readdir } from 'node:fs/promises'

/** Microseconds in a tick of /proc, which Linux counts by the hundredth of a second for every program. */
const tick = 10_000

interface Stat {
  readonly parent: number
  readonly own: number
  readonly ended: number
}

const statOf = async (pid: string): Promise<Stat | undefined> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name in brackets may hold spaces; what follows the last bracket is regular (proc(5)).
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  if (fields.length < 16) return undefined
  const [parent = 0] = fields.slice(1)
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11)
  return { parent, own: (user + system) * tick, ended: (endedUser + endedSystem) * tick }
}

/** Microseconds of CPU that a PostgreSQL has used, its processes together; NaN where there is no /proc. */
export const postgresCpu = async (postmaster: number): Promise<number> => {
  const main = await statOf(String(postmaster))
  if (!main) return NaN
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const stats = await Promise.all(pids.map(statOf))
  const children = stats.filter((stat) => stat?.parent === postmaster)
  return children.reduce((sum, stat) => sum + (stat?.own ?? 0), main.own + main.ended)
}

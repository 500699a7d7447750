import type { Ctx } from '../platform/context.ts'
import { mutate } from '../platform/database/door.ts'
import { reseal, sealedBy } from '../platform/reseal.ts'
import { runCommand } from './command.ts'
import { resealBar } from './reseal-bar.ts'
import { sealedColumns } from './sealed-columns.ts'

/**
 * Seals anew, by the newest key, whatever other keys have sealed, and prints how much each key seals still. Exit code 1
 * when something cannot be opened, 130 after Ctrl-C; the same command again continues.
 */
export const rotateKeys = async (): Promise<void> => {
  const { lines, unreadable, interrupted } = await runCommand('rotate-keys', run)
  for (const line of lines) process.stdout.write(`${line}\n`)
  if (unreadable > 0) {
    process.stderr.write(
      `${String(unreadable)} values cannot be opened: put the keys that sealed them back.\n`,
    )
    process.exitCode = 1
  }
  if (interrupted) {
    process.stderr.write('Stopped. The same command again continues.\n')
    process.exitCode = 130
  }
}

const run = async (ctx: Ctx) => {
  const { current } = ctx.keys.seal
  const before = await countByKey(ctx)
  const stale = [...before].filter(([id]) => id !== current).reduce((sum, [, values]) => sum + values, 0)
  const bar = resealBar(process.stderr, stale)
  const stop = new AbortController()
  const onInterrupt = () => {
    bar.end()
    process.stderr.write('Stopping after this batch; Ctrl-C again stops at once.\n')
    stop.abort()
  }
  process.once('SIGINT', onInterrupt)
  try {
    const total = { resealed: 0, unreadable: 0 }
    for (const column of sealedColumns) {
      const done = await reseal(ctx, column, { onProgress: bar.step, isStopping: () => stop.signal.aborted })
      total.resealed += done.resealed
      total.unreadable += done.unreadable
    }
    if (total.resealed > 0) await note(ctx, current)
    bar.end()
    const lines = report(await countByKey(ctx), ctx.keys.seal)
    return { lines, unreadable: total.unreadable, interrupted: stop.signal.aborted }
  } finally {
    bar.end()
    process.off('SIGINT', onInterrupt)
  }
}

const note = (ctx: Ctx, keyId: string): Promise<void> =>
  mutate(ctx, 'network:admin', () =>
    Promise.resolve({ result: undefined, events: [], audit: { action: 'rotateKeys', objectId: keyId } }),
  )

const countByKey = async (ctx: Ctx): Promise<Map<string, number>> => {
  const counts = new Map<string, number>()
  for (const column of sealedColumns) {
    for (const [id, values] of await sealedBy(ctx, column)) counts.set(id, (counts.get(id) ?? 0) + values)
  }
  return counts
}

/** A line for each key: what it seals still, and whether it can go. */
const report = (counts: ReadonlyMap<string, number>, { current, byId }: Ctx['keys']['seal']): string[] => {
  const ids = [...new Set([...byId.keys(), ...counts.keys()])]
  const width = Math.max(...ids.map((id) => id.length), 'key'.length)
  const line = (id: string, values: string, what: string) =>
    `${id.padEnd(width)}  ${values.padStart(9)}  ${what}`
  return [
    line('key', 'seals', ''),
    ...ids.map((id) =>
      line(id, String(counts.get(id) ?? 0), verdictOn(id, counts.get(id) ?? 0, current, byId)),
    ),
  ].map((text) => text.trimEnd())
}

const verdictOn = (
  id: string,
  values: number,
  current: string,
  byId: ReadonlyMap<string, Buffer>,
): string => {
  if (id === current) return 'seals now: it stays'
  if (!byId.has(id)) return 'not in WAGGLE_KEYS: put it back'
  return values === 0 ? 'seals nothing: can be removed, unless it is to seal next' : 'still needed'
}

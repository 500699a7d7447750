import { inArray } from 'drizzle-orm'
import { spaceExternalIds, spaces } from '../../db/schema/spaces.ts'
import type { Ctx } from '../platform/context.ts'
import { mutate, read, type ReadTx, type WriteTx } from '../platform/database/door.ts'
import { brokenConstraint } from '../platform/database/pool.ts'
import { rowsOf } from '../platform/database/statements.ts'
import { newId, type Id } from '../platform/ids.ts'
import type { SpaceRow } from '../spaces/profile.ts'
import { secondSlugOf, slugOf } from '../spaces/slug.ts'
import { externalIdRows, overwriteSpace } from '../spaces/write-space.ts'
import { arrivalsOf, type Arrival } from './arrivals.ts'
import { takeTurn } from './import-lock.ts'
import { newSpace, updatedSpace } from './imported-space.ts'
import { findNamesakes, type Namesake } from './namesakes.ts'
import type { ImportedProfile, ReadRow } from './record.ts'
import type { RowReport } from './row-report.ts'

/**
 * Brings a batch of rows into the directory, all of it or none, and says what became of each.
 * A batch that changes nothing writes nothing.
 */
export const importBatch = async (ctx: Ctx, rows: readonly ReadRow[]): Promise<RowReport[]> => {
  const seen = await read(ctx, 'network:admin', (tx) => arrivalsOf(tx, rows))
  const reports = seen.every(({ because }) => because !== null)
    ? seen.map((arrival) => unchanged(arrival))
    : await writeBatch(ctx, rows)
  const byRow = new Map(reports.map((report) => [report.row, report]))
  return rows.flatMap((row) => byRow.get(row.row) ?? setAside(row) ?? [])
}

const attempts = 5

/** Whoever registers, claims or renames a space in the same moment may win; then the batch looks again. */
const writeBatch = async (ctx: Ctx, rows: readonly ReadRow[]): Promise<RowReport[]> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await mutate(ctx, 'network:admin', async (tx) => {
        await takeTurn(tx)
        const arrivals = await arrivalsOf(tx, rows)
        const reports = await writeArrivals(ctx, tx, arrivals)
        // An unclaimed space has nobody who could be told of it, so there are no events.
        const objectId = arrivals[0]?.profile.source ?? 'file'
        return { result: reports, events: [], audit: { action: 'importSpaces', objectId } }
      })
    } catch (error) {
      if (attempt === attempts || !isLostRace(error)) throw error
    }
  }
}

class Overtaken extends Error {}

const isLostRace = (error: unknown): boolean =>
  error instanceof Overtaken || /^spaces_slug$|^space_external_ids/.test(brokenConstraint(error) ?? '')

const writeArrivals = async (ctx: Ctx, tx: WriteTx, arrivals: readonly Arrival[]): Promise<RowReport[]> => {
  const slugs = await takenSlugs(tx, arrivals)
  const nextSpace = ({ known, profile }: Arrival): SpaceRow => {
    if (known) return updatedSpace(known, profile, tx.now)
    const id = newId('space', ctx.clock.now())
    return newSpace(profile, { id, slug: freeSlug(slugs, profile, id), now: tx.now })
  }
  const changing = arrivals
    .filter(({ because }) => because === null)
    .map((arrival) => ({ ...arrival, space: nextSpace(arrival) }))
  const marks = await marksOf(tx, arrivals, changing)
  const marked = changing.map((change) => {
    const mark = marks.get(change.space.id) ?? null
    return { ...change, mark, space: { ...change.space, possibleDuplicateOf: mark?.spaceId ?? null } }
  })
  await write(tx, marked)
  const kept = arrivals.filter(({ because }) => because !== null)
  return [...kept.map((arrival) => unchanged(arrival)), ...marked.map((change) => accepted(change))]
}

type Change = Arrival & { readonly space: SpaceRow }

const write = async (tx: WriteTx, changes: readonly Change[]): Promise<void> => {
  const created = changes.filter(({ known }) => known === null).map(({ space }) => space)
  await tx.insert(rowsOf(spaces, created), rowsOf(spaceExternalIds, created.flatMap(externalIdRows)))
  for (const { known, space } of changes)
    if (known && !(await overwriteSpace(tx, known, space))) throw new Overtaken()
}

/** The mark that the file gives within the batch, else a namesake in the directory. */
const marksOf = async (
  tx: WriteTx,
  arrivals: readonly Arrival[],
  changing: readonly Change[],
): Promise<Map<Id<'space'>, Namesake>> => {
  const spacesOfBatch = new Map<string, SpaceRow>()
  for (const { profile, known } of arrivals) if (known) spacesOfBatch.set(profile.externalId, known)
  for (const { profile, space } of changing) spacesOfBatch.set(profile.externalId, space)
  const marks = await findNamesakes(
    tx,
    changing.map(({ space, profile }) => ({ space, isApproximate: profile.geoApproximate === true })),
  )
  for (const { outcome, space } of changing) {
    const other = spacesOfBatch.get(outcome.possibleDuplicateOf?.externalId ?? '')
    if (other && other.id !== space.id && other.possibleDuplicateOf !== space.id)
      marks.set(space.id, { spaceId: other.id, name: other.name })
  }
  return marks
}

const takenSlugs = async (tx: ReadTx, arrivals: readonly Arrival[]): Promise<Set<string>> => {
  const wanted = arrivals
    .filter(({ known }) => known === null)
    .map(({ profile }) => slugOf(profile.name, profile.city))
  if (wanted.length === 0) return new Set()
  const rows = await tx.db.select({ slug: spaces.slug }).from(spaces).where(inArray(spaces.slug, wanted))
  return new Set(rows.map(({ slug }) => slug))
}

/** The plain slug where it is free, else the one that the id makes unique; taken from now on. */
const freeSlug = (taken: Set<string>, { name, city }: ImportedProfile, id: Id<'space'>): string => {
  const plain = slugOf(name, city)
  const slug = taken.has(plain) ? secondSlugOf(plain, id) : plain
  taken.add(slug)
  return slug
}

const whereOf = ({ row, line, label }: ReadRow) => ({ row, ...(line !== undefined && { line }), label })

/** A row that the file itself rules out. */
const setAside = (at: ReadRow): RowReport | undefined => {
  if (at.outcome.kind === 'profile') return undefined
  const { kind, ...rest } = at.outcome
  return { ...whereOf(at), outcome: kind, ...rest } as RowReport
}

const unchanged = ({ at, profile, known, because }: Arrival): RowReport => {
  if (!known || !because) throw new Error('A row without a space cannot be unchanged')
  const { source, externalId } = profile
  return { ...whereOf(at), outcome: 'unchanged', because, spaceId: known.id, source, externalId }
}

const accepted = ({
  at,
  outcome,
  profile,
  known,
  space,
  mark,
}: Change & { mark: Namesake | null }): RowReport => ({
  ...whereOf(at),
  outcome: 'accepted',
  change: known ? 'updated' : 'created',
  spaceId: space.id,
  source: profile.source,
  externalId: profile.externalId,
  repairs: outcome.repairs,
  derived: outcome.derived,
  dropped: outcome.dropped,
  possibleDuplicateOf: mark,
})

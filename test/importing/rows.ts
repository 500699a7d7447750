import { writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ImportFileError } from '../../src/importing/import-file-error.ts'
import { readRows, type ReadOptions } from '../../src/importing/read-rows.ts'
import type { ImportedProfile, ReadRow, RowOutcome } from '../../src/importing/record.ts'
import { makeTempFolder, type Teardown } from '../helpers/temp-folder.ts'

type ProfileOutcome = Extract<RowOutcome, { kind: 'profile' }>

interface Read {
  rows: ReadRow[]
  /** Rows of that kind, in order. */
  profiles: ProfileOutcome[]
  fault: ImportFileError | undefined
}

/** Reads a file to its end or its fault. */
export async function readAll(path: string, options?: ReadOptions): Promise<Read> {
  const rows: ReadRow[] = []
  let fault: ImportFileError | undefined
  try {
    for await (const row of readRows(path, options)) rows.push(row)
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error
    fault = error
  }
  const profiles = rows.map((row) => row.outcome).filter((outcome) => outcome.kind === 'profile')
  return { rows, profiles, fault }
}

/** Writes a file of its own and reads it. */
export async function readText(t: Teardown, name: string, content: string | Buffer): Promise<Read> {
  const path = join(await makeTempFolder(t), name)
  await writeFile(path, content)
  return readAll(path)
}

/** A GeoJSON file of points with OSM tags; `at` is [lon, lat]. */
export function geojson(...objects: { at?: unknown; id?: string; tags: Record<string, unknown> }[]): string {
  const features = objects.map(({ at, id, tags }, index) => ({
    type: 'Feature',
    geometry: at === undefined ? null : { type: 'Point', coordinates: at },
    properties: { '@id': id ?? `node/${index + 1}`, office: 'coworking', ...tags },
  }))
  return JSON.stringify({ type: 'FeatureCollection', features })
}

/** What was changed, as 'field what'. */
export function repairsOf(outcome: ProfileOutcome | undefined): string[] {
  return outcome?.repairs.map(({ field, what }) => `${field} ${what}`) ?? []
}

export function profileOf(read: Read, row: number): ImportedProfile | undefined {
  const found = read.rows.find((candidate) => candidate.row === row)?.outcome
  return found?.kind === 'profile' ? found.profile : undefined
}

/** 'accepted', 'duplicate', or the reason of the rejection, per row. */
export function verdicts(read: Read): string[] {
  return read.rows.map(({ outcome }) =>
    outcome.kind === 'rejected' ? outcome.reason : outcome.kind === 'profile' ? 'accepted' : outcome.kind,
  )
}

/** A file of the shared folder beside the repository, or undefined where it is not there. */
export function sharedFile(name: string): string | undefined {
  const path = resolve('..', 'shared', 'data', name)
  return existsSync(path) ? path : undefined
}

export const noSharedData = 'the shared data folder is not beside the repository'

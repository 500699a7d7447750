import t from 'tap'
import { openCluster } from './cluster.ts'
import type { TestCluster } from './cluster.ts'
import type { Teardown } from './temp-folder.ts'
import { cloneTemplate, migratedName } from './template.ts'
import type { Migrate, TestDatabase } from './template.ts'

let cluster: Promise<TestCluster> | undefined

/** A migrated database of its own, gone when the test `owner` ends; close what you opened on it before. */
export async function createTestDatabase(owner: Teardown, o: { migrate: Migrate }): Promise<TestDatabase> {
  // One for the whole file, hence the root of its tests.
  cluster ??= openCluster(t)
  const database = await cloneTemplate(await cluster, await migratedName(), o.migrate)
  owner.teardown(() => database.drop())
  return database
}

/** A database without tables, gone when the test `owner` ends; close what you opened on it before. */
export async function createEmptyDatabase(owner: Teardown): Promise<TestDatabase> {
  cluster ??= openCluster(t)
  const database = await cloneTemplate(await cluster, 'template1', () => Promise.resolve())
  owner.teardown(() => database.drop())
  return database
}

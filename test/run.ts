import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { sweepTempFolders } from './helpers/temp-folder.ts'
import { appUrlName, openCluster, ownerUrlName } from './helpers/cluster.ts'
import type { TestCluster } from './helpers/cluster.ts'

/** In so many processes: enough to keep two cores busy to the end, few enough that starting them does not matter. */
const mostGroups = 12

const closing: (() => unknown)[] = []

/**
 * `npm test [-- <part of a path> ...]`: one PostgreSQL for the whole run, and Node's test runner on the built files
 * whose path holds one of the parts (none: all). Its output and exit code are passed through.
 */

try {
  const files = await findTests(process.argv.slice(2))
  await sweepTempFolders()
  const cluster = await openCluster({ teardown: (fn) => closing.unshift(fn) })
  process.exitCode = await runTests(await inGroups(files), cluster)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  for (const close of closing) await close()
}

async function findTests(parts: string[]): Promise<string[]> {
  const names = await readdir(import.meta.dirname, { recursive: true })
  const tests = names
    .filter((name) => name.endsWith('.test.js'))
    .map((name) => join(import.meta.dirname, name))
  const wanted = parts.map((part) => part.replace(/\.tsx?$/, '.js'))
  const files = tests
    .map((file) => relative(process.cwd(), file))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  if (files.length === 0) throw new Error(`No test file has one of these in its path: ${parts.join(', ')}`)
  return files.sort()
}

/**
 * A process takes two seconds until its first test, so several files share one, dealt out in turn so that the long ones
 * of a room do not come together. They share nothing else: each has an app and a database of its own. Their tests begin
 * when all are read, since tap ends a file that has nothing to do.
 */
async function inGroups(files: string[]): Promise<string[]> {
  const folder = join(import.meta.dirname, 'groups')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  const groups = Array.from({ length: Math.min(mostGroups, files.length) }, (_, turn) => ({
    path: join(folder, `${String(turn)}.js`),
    files: files.filter((_, at) => at % mostGroups === turn),
  }))
  await Promise.all(groups.map(({ path, files }) => writeFile(path, reading(files))))
  return groups.map(({ path }) => path)
}

function reading(files: string[]): string {
  return `import t from 'tap'
t.test('the files of a group are read', async (t) => {
${files
  .map(
    (file) => `  await t.resolves(import('${pathToFileURL(file).href}'), '${file}')
`,
  )
  .join('')}})
`
}

async function runTests(files: string[], cluster: TestCluster): Promise<number> {
  const child = spawn(process.execPath, ['--test', '--test-concurrency=2', ...files], {
    stdio: 'inherit',
    // tap gives a process 30 s by itself; a busy machine is no reason to fail.
    env: {
      TAP_TIMEOUT: '600',
      ...process.env,
      [ownerUrlName]: cluster.ownerUrl,
      [appUrlName]: cluster.appUrl,
    },
  })
  forwardSignals(child)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}

/** Outlives the tests in any case, so that PostgreSQL leaves and its folder is removed. */
function forwardSignals(child: ChildProcess): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
}

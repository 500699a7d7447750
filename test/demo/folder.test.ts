import { chmod, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { openDemoFolder, refuseDemoFolder } from '../../src/cli/demo-folder.ts'
import { makeTempFolder } from '../helpers/temp-folder.ts'

const silent = () => undefined

t.test('a folder that was a demo is not served, any other is', async (t) => {
  const root = await makeTempFolder(t)
  await refuseDemoFolder(join(root, 'not-there'))
  const folder = await openDemoFolder(join(root, 'demo'), silent)
  await t.rejects(refuseDemoFolder(folder), /belongs to the demo.*WAGGLE_DATA_DIR/)
})

t.test('the demo takes its own folder again', async (t) => {
  const wanted = join(await makeTempFolder(t), 'demo')
  const folder = await openDemoFolder(wanted, silent)
  await mkdir(join(folder, 'postgres'))
  t.equal(await openDemoFolder(wanted, silent), folder)
  t.same((await readdir(folder)).sort(), ['DEMO.txt', 'postgres'])
})

t.test('the demo leaves a database alone that it has not made', async (t) => {
  const wanted = join(await makeTempFolder(t), 'demo')
  await mkdir(join(wanted, 'postgres'), { recursive: true })
  await t.rejects(openDemoFolder(wanted, silent), /holds a database that no demo made/)
  t.same(await readdir(wanted), ['postgres'])
})

t.test('where the database cannot work, the demo says so and lives in the temporary folder', async (t) => {
  const closed = await makeTempFolder(t)
  const lines: string[] = []
  // Under root, the database's own user; otherwise, we ourselves.
  await chmod(closed, process.getuid?.() === 0 ? 0o700 : 0o500)
  const folder = await openDemoFolder(join(closed, 'demo'), (line) => lines.push(line))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  await chmod(closed, 0o700)
  t.match(folder, /waggle-demo-[0-9a-f]{8}$/)
  t.match(lines, [/cannot work in .*this demo lives in/])
  t.equal(lines.length, 1)
})

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { parseKeys } from '../../src/config.ts'
import {
  loadKeys,
  makeKeys,
  withNewestOnStandby,
  withNewSealKey,
  type KeyFile,
} from '../../src/platform/keys.ts'
import { seal, unseal } from '../../src/platform/sealing.ts'
import { testApp } from '../helpers/app.ts'
import { commandLine } from '../helpers/command-line.ts'
import { makeTempFolder } from '../helpers/temp-folder.ts'

const sealIds = ({ seal: keys }: KeyFile) => Object.keys(keys)

t.test('make-keys --rotate adds a key that seals from then on, and changes nothing else', async (t) => {
  const test = await testApp(t)
  const keys = makeKeys()
  const file = join(await makeTempFolder(t), 'keys.json')
  await writeFile(file, JSON.stringify(keys))
  const { code, out, err } = await commandLine(test, keys)('make-keys', '--rotate', file)
  t.equal(code, 0, err)
  const rotated = parseKeys(out)
  t.same({ ...rotated, seal: {} }, { ...keys, seal: {} })
  t.match(rotated.seal, keys.seal)
  t.equal(sealIds(rotated).length, 2)
  t.not(loadKeys(rotated).seal.current, loadKeys(keys).seal.current)
  const sealed = seal(loadKeys(keys).seal, 'words', 'row')
  t.equal(unseal(loadKeys(rotated).seal, sealed, 'row'), 'words', 'the old one opens still')
})

t.test('in two rounds over several nodes, no node meets a key that it does not know', async (t) => {
  const before = makeKeys()
  const after = withNewSealKey(withNewSealKey(before))
  const standby = withNewestOnStandby(after)
  t.same(sealIds(standby).sort(), sealIds(after).sort())
  t.equal(loadKeys(standby).seal.current, sealIds(after)[1], 'the one before the newest seals')
  for (const [writer, reader] of [
    [standby, after],
    [after, standby],
    [before, standby],
  ] as const) {
    t.equal(unseal(loadKeys(reader).seal, seal(loadKeys(writer).seal, 'words', 'row'), 'row'), 'words')
  }
  t.end()
})

t.test('make-keys says what is wrong with a file, and never what stands in it', async (t) => {
  const test = await testApp(t)
  const keys = makeKeys()
  const file = join(await makeTempFolder(t), 'keys.json')
  const run = commandLine(test, keys)
  t.match(await run('make-keys', '--rotate', file), { code: 1, err: `The file ${file} cannot be read` })
  await writeFile(file, JSON.stringify({ ...keys, link: 'c2VjcmV0' }))
  const wrong = await run('make-keys', '--rotate', file)
  t.match(wrong, { code: 1, err: /link must be 32 bytes/, out: '' })
  t.notMatch(wrong.err, 'c2VjcmV0')
  await writeFile(file, JSON.stringify(keys))
  t.match(await run('make-keys', '--standby', file), { code: 1, err: /holds one sealing key/ })
})

t.test('ids of digits alone are refused beside others: JSON would change which one seals', (t) => {
  const keys = makeKeys()
  const [key = ''] = Object.values(keys.seal)
  t.doesNotThrow(() => parseKeys(JSON.stringify({ ...keys, seal: { 7: key } })))
  t.throws(() => parseKeys(JSON.stringify({ ...keys, seal: { first: key, 7: key } })), /digits alone/)
  t.end()
})

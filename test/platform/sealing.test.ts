import t from 'tap'
import { loadKeys, makeKeys } from '../../src/platform/keys.ts'
import { seal, unseal } from '../../src/platform/sealing.ts'

t.test('what is sealed opens in its own row alone, whole and unchanged', (t) => {
  const keys = loadKeys(makeKeys()).seal
  const sealed = seal(keys, 'Ada Lovelace', 'row')
  t.equal(unseal(keys, sealed, 'row'), 'Ada Lovelace')
  t.throws(() => unseal(keys, sealed, 'another row'))
  t.notOk(sealed.equals(seal(keys, 'Ada Lovelace', 'row')), 'no two are alike')
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    t.throws(() => unseal(keys, changed, 'row'), `byte ${String(at)}`)
    t.throws(() => unseal(keys, sealed.subarray(0, at), 'row'), `cut after ${String(at)}`)
  }
  t.end()
})

t.test('a tag that was cut short is refused, even where it is right as far as it goes', (t) => {
  const keys = loadKeys(makeKeys()).seal
  const nothing = seal(keys, '', 'row')
  t.equal(unseal(keys, nothing, 'row'), '')
  for (const bytes of [1, 4, 8, 12])
    t.throws(() => unseal(keys, nothing.subarray(0, -bytes), 'row'), String(bytes))
  t.end()
})

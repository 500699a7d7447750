import { join } from 'node:path'
import t from 'tap'

interface Licenses {
  readonly isAllowed: (expression: string) => boolean
}

interface Audit {
  readonly verdictOn: (stdout: string) => { fails: boolean; says: string }
}

const tool = (name: string): Promise<unknown> => import(join(process.cwd(), 'tools/supply-chain', name))

t.test('a licence passes when one of its choices is allowed as a whole', async (t) => {
  const { isAllowed } = (await tool('licenses.js')) as Licenses
  for (const good of ['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND ISC', 'BSD-3-Clause OR X'])
    t.ok(isAllowed(good), good)
  for (const bad of ['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'none stated', 'UNLICENSED', ''])
    t.notOk(isAllowed(bad), bad)
})

t.test('an audit fails on what is high or critical, and says so when there was none', async (t) => {
  const { verdictOn } = (await tool('audit.js')) as Audit
  const found = (counts: object) => verdictOn(JSON.stringify({ metadata: { vulnerabilities: counts } }))
  t.equal(found({ high: 1 }).fails, true)
  t.equal(found({ critical: 2 }).fails, true)
  t.match(found({ low: 3, moderate: 1 }), { fails: false, says: '0 critical, 0 high, 1 moderate, 3 low' })
  for (const none of ['', '{"message": "405"}', '<html>'])
    t.match(verdictOn(none), { fails: false, says: /^NOT AUDITED/ })
})

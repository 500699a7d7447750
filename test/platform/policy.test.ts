import t from 'tap'
import { ConfigFault, readConfig, readDemoConfig } from '../../src/config.ts'
import { day } from '../../src/platform/clock.ts'
import { standardPolicy } from '../../src/platform/policy.ts'

const policyOf = (text: string) => readConfig({ WAGGLE_POLICY: text }).policy

const faultOf = (text: string): unknown => {
  try {
    return policyOf(text)
  } catch (error) {
    return error
  }
}

t.test('without WAGGLE_POLICY the periods are those of the design', async (t) => {
  const days = Object.fromEntries(Object.entries(standardPolicy).map(([name, span]) => [name, span / day]))
  t.strictSame(days, {
    draft: 30,
    invitation: 14,
    managerInvitation: 14,
    consent: 7,
    response: 7,
    firstReminder: 1,
    secondReminder: 3,
    question: 3,
    absence: 14,
    withdrawal: 3,
    firstUpdate: 7,
    update: 30,
    active: 180,
    claim: 14,
    objection: 14,
    dispute: 30,
    join: 30,
    probation: 90,
    person: 365,
    confirmation: 2,
    endedApplication: 180,
    declinedIdentity: 90,
    closedIdentity: 730,
    session: 30,
    sessionIdle: 7,
    previousSecret: 1,
  })
  for (const text of ['', '{}']) t.strictSame(policyOf(text), standardPolicy, `WAGGLE_POLICY='${text}'`)
})

t.test('WAGGLE_POLICY replaces the periods that it names, in days and parts of days', async (t) => {
  t.strictSame(policyOf('{"response": 10, "question": 0.5}'), {
    ...standardPolicy,
    response: 10 * day,
    question: day / 2,
  })
})

t.test('a period that is none is refused at the start, with what is wrong and where', async (t) => {
  const refused: [text: string, said: RegExp][] = [
    ['7 days', /WAGGLE_POLICY is not JSON.*\{"response": 7\}/],
    ['[7]', /\n {2}WAGGLE_POLICY .*expected object/],
    ['7', /\n {2}WAGGLE_POLICY .*expected object/],
    ['null', /\n {2}WAGGLE_POLICY .*expected object/],
    ['{"respnse": 7}', /"respnse"/],
    ['{"response": "7"}', /\n {2}WAGGLE_POLICY response .*number/],
    ['{"response": null}', /\n {2}WAGGLE_POLICY response .*number/],
    ['{"response": 0}', /\n {2}WAGGLE_POLICY response .*>=0\.001/],
    ['{"response": -1}', /\n {2}WAGGLE_POLICY response .*>=0\.001/],
    ['{"response": 4000}', /\n {2}WAGGLE_POLICY response .*3650/],
    ['{"response": 1e999}', /\n {2}WAGGLE_POLICY response /],
  ]
  for (const [text, said] of refused) {
    const fault = faultOf(text)
    t.ok(fault instanceof ConfigFault, text)
    t.match(fault, { message: said })
  }
})

t.test('every fault is named at once', async (t) => {
  t.match(faultOf('{"response": 0, "claim": "x", "wait": 1}'), {
    message: /response (.|\n)*claim (.|\n)*"wait"/,
  })
  const environment = { PORT: 'eighty', WAGGLE_POLICY: '{"response": 0, "update": 200}', SMTP_URL: 'x' }
  t.throws(() => readConfig(environment), {
    message: /PORT (.|\n)*SMTP_URL (.|\n)*WAGGLE_POLICY response (.|\n)*WAGGLE_POLICY update is 200 /,
  })
})

t.test('periods of which one would end before the other has come are refused, with both', (t) => {
  const refused: [text: string, ...said: string[]][] = [
    ['{"firstReminder": 3}', 'firstReminder is 3 and must be less than secondReminder, which is 3'],
    ['{"response": 2}', 'secondReminder is 3 and must be less than response, which is 2'],
    [
      '{"active": 7}',
      'firstUpdate is 7 and must be less than active, which is 7',
      'update is 30 and must be less than active, which is 7',
    ],
    ['{"withdrawal": 180}', 'withdrawal is 180 and must be less than active, which is 180'],
    ['{"draft": 10}', 'invitation is 14 and must be less than draft, which is 10'],
  ]
  for (const [text, ...said] of refused) {
    const lines = (faultOf(text) as Error).message.split('\n').slice(1)
    t.strictSame(
      lines,
      said.map((fault) => `  WAGGLE_POLICY ${fault}`),
    )
  }
  t.doesNotThrow(() => policyOf('{"response": 2, "secondReminder": 1.5}'))
  t.end()
})

t.test('the demo keeps the periods of the design', async (t) => {
  t.strictSame(readDemoConfig({ WAGGLE_POLICY: '{"response": 1}' }).policy, standardPolicy)
})

import t from 'tap'
import { givesAway } from '../../src/members/identity.ts'

const ada = { name: 'Ada de la Cruz-Müller', email: 'ada.cruz@example.org', phone: '+33 6 12 34 56 78' }

t.test('a part of the name, the address or the number gives the member away, however it is written', (t) => {
  for (const text of [
    'Ada draws',
    'our ADA!',
    'ádá paints',
    'A\u200Bda draws',
    'Mrs Muller',
    'the Cruz family',
    'write to ADA.CRUZ@EXAMPLE.ORG',
    'ada.cruz at example',
    'call 06 12 34 56 78',
    'call +33612345678',
    'call (0)6-12-34-56-78',
    'call 06,12,34,56,78',
    'call 06_12_34_56_78',
    'call 0\u200B6\u200B12345678',
    'call ０６１２３４５６７８',
    'adadelacruzmuller',
  ]) {
    t.ok(givesAway(text, ada, false), text)
  }
  t.end()
})

t.test('what only looks like it does not', (t) => {
  for (const text of [
    'Illustrator, wants quiet and daylight',
    'de la Croix-Rousse, near the river',
    'adamant about daylight',
    'Canada, crusade, mullet',
    '4 days, 250 EUR, from 2027-03-01',
  ]) {
    t.notOk(givesAway(text, ada, false), text)
  }
  t.end()
})

t.test('scripts without blanks are searched anywhere', (t) => {
  t.ok(givesAway('私たちの山田花子さんは絵を描く', { name: '山田 花子' }, false))
  t.ok(givesAway('李 draws', { name: '李' }, false))
  t.notOk(givesAway('絵を描く人', { name: '山田 花子' }, false))
  t.end()
})

t.test('a member who agreed to be named may be named, and no more', (t) => {
  t.notOk(givesAway('Ada draws', ada, true))
  t.ok(givesAway('ada.cruz@example.org', ada, true))
  t.ok(givesAway('0612345678', ada, true))
  t.end()
})

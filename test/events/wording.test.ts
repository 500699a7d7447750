import t from 'tap'
import { day, hour, minute } from '../../src/platform/clock.ts'
import { momentInWords, periodInWords, wordingIn } from '../../src/events/wording.ts'
import { languages } from '../../src/words/language.ts'

t.test('a day of another year than that of the writing says which, by the clock of the place', (t) => {
  const now = Date.parse('2026-12-20T09:30:00Z')
  const told: [at: string, timeZone: string, words: string][] = [
    ['2026-12-31T09:00:00Z', 'Europe/Paris', 'Thursday 31 December, 10:00'],
    ['2026-12-31T23:30:00Z', 'Europe/Paris', 'Friday 1 January 2027, 00:30'],
    ['2026-12-31T23:30:00Z', 'Europe/Lisbon', 'Thursday 31 December, 23:30'],
    ['2027-12-20T09:00:00Z', 'Europe/Lisbon', 'Monday 20 December 2027, 09:00'],
  ]
  for (const [at, timeZone, words] of told) t.equal(momentInWords(Date.parse(at), timeZone, now), words)
  t.end()
})

t.test('a period is told in days, and a short one in hours or minutes', (t) => {
  const told = {
    [14 * day]: '14 days',
    [2 * day]: '2 days',
    [2.5 * day]: '2.5 days',
    [day]: '24 hours',
    [2 * hour]: '2 hours',
    [90 * minute]: '90 minutes',
  }
  for (const [span, words] of Object.entries(told)) t.equal(periodInWords(Number(span)), words)
  t.end()
})

t.test('days, times, sums, periods and choices are put as each language puts them', (t) => {
  const moment = Date.parse('2026-11-25T23:30Z')
  const needs = {
    deskKind: 'fixed_desk' as const,
    daysPerWeek: 1,
    from: '2027-03-01',
    languages: ['fr'],
    amenities: ['natural_light', 'by_pigeon', 'constructor'],
    budget: { amount: 250, currency: 'EUR', period: 'month' as const },
  }
  const told = languages.map((language) => {
    const { timeInWords, dayInWords, periodInWords, placeInWords, needsInWords } = wordingIn(language)
    return [
      timeInWords('Europe/Paris', moment),
      dayInWords('2027-03-01'),
      periodInWords(1.5 * day),
      placeInWords({ name: 'Nave', city: 'Porto' }),
      ...needsInWords({ stay: 'visit', needs }).map(({ term, text }) => `${term}: ${text}`),
    ].map((text) => text.replaceAll(/[\u00a0\u202f]/g, ' '))
  })
  t.strictSame(told, [
    [
      'Thursday 26 November 2026, 00:30',
      '1 March 2027',
      '36 hours',
      'Nave in Porto',
      'For: a visit',
      'When: from 1 March 2027, 1 day a week',
      'Wishes: a desk of their own, natural light, by pigeon, constructor',
      'Budget: up to €250 a month',
      'Speaks: French',
    ],
    [
      'jeudi 26 novembre 2026 à 00:30',
      '1er mars 2027',
      '36 heures',
      'Nave (Porto)',
      'Pour: une visite',
      'Quand: à partir du 1er mars 2027, 1 jour par semaine',
      'Souhaits: un bureau attitré, lumière du jour, by pigeon, constructor',
      'Budget: jusqu’à 250 € par mois',
      'Langues: français',
    ],
    [
      'Donnerstag, 26. November 2026, 00:30 Uhr',
      '1. März 2027',
      '36 Stunden',
      'Nave in Porto',
      'Wofür: ein Besuch',
      'Wann: ab 1. März 2027, 1 Tag pro Woche',
      'Wünsche: ein fester Schreibtisch, Tageslicht, by pigeon, constructor',
      'Budget: bis zu 250 € pro Monat',
      'Spricht: Französisch',
    ],
    [
      'jueves, 26 de noviembre de 2026, 00:30 h',
      '1 de marzo de 2027',
      '36 horas',
      'Nave (Porto)',
      'Para: una visita',
      'Cuándo: desde el 1 de marzo de 2027, 1 día a la semana',
      'Deseos: una mesa fija, luz natural, by pigeon, constructor',
      'Presupuesto: hasta 250 € al mes',
      'Idiomas: francés',
    ],
    [
      'quinta-feira, 26 de novembro de 2026, 00:30',
      '1 de março de 2027',
      '36 horas',
      'Nave (Porto)',
      'Para: uma visita',
      'Quando: a partir de 1 de março de 2027, 1 dia por semana',
      'Desejos: uma secretária fixa, luz natural, by pigeon, constructor',
      'Orçamento: até 250 € por mês',
      'Línguas: francês',
    ],
  ])
  t.end()
})

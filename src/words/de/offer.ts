import type { Translated } from '../translated.ts'
import type { offer as english } from '../en/offer.ts'

export const offer: Translated<typeof english> = {
  answer: {
    title: 'Sie können bis {{until}} antworten.',
    note: 'Stimmt darin etwas nicht? Sagen Sie Nein, und sagen Sie es {{sender}}.',
  },
  unsent: 'Was über Sie geschrieben wurde',
  account: {
    title: 'Wie war es?',
    nothing: 'Wenn Sie nicht dort waren, brauchen Sie nichts zu tun.',
    note: '{{sender}} und {{receiver}} erfahren, was Sie hier sagen. Ihr letztes Wort zählt.',
  },
  been: {
    title: 'Waren Sie dort?',
    last: 'Wenn Sie auch diesmal nicht kommen konnten, endet diese Vermittlung.',
  },
  arrange: {
    first: 'Wann kommen Sie zu Besuch?',
    again: 'Einen Besuch vereinbaren',
    note: 'Vereinbaren Sie eine Zeit mit {{receiver}} und notieren Sie sie dann hier, damit beide Spaces sie kennen.',
  },
  move: {
    title: 'Den Besuch verschieben',
    note: 'Vereinbaren Sie zuerst eine andere Zeit mit {{receiver}}.',
  },
  already: 'Ich war schon dort',
  further: 'Es ist schon weitergegangen',
  onward: 'Ist es weitergegangen?',
  untold: 'Wie ist es gelaufen?',
  differently: 'Es ging anders aus',
  left: 'Ich bin wieder ausgetreten',
  bothTold: '{{sender}} und {{receiver}} erfahren, dass Sie das gesagt haben.',
  objection:
    '{{receiver}} erfährt, was Sie hier sagen. Widerspricht dort niemand, gilt es (Frist: {{period}}).',
  withdraw: {
    title: 'Meine Einwilligung widerrufen',
    note: 'Ihr Name, Ihre Kontaktdaten und alles, was über Sie geschrieben wurde, sind sofort vor {{receiver}} verborgen und werden hier gelöscht. Damit endet diese Vermittlung; es lässt sich nicht rückgängig machen.',
  },
  erase: {
    title: 'Löschen, was über mich geschrieben wurde',
    note: 'Ihr Name, Ihre Kontaktdaten und alles, was über Sie geschrieben wurde, werden hier für beide Spaces gelöscht. Wie es ausging, bleibt gezählt, ohne Ihren Namen. Es lässt sich nicht rückgängig machen.',
  },
  label: {
    grant: 'Ja, stellen Sie mich vor',
    refuse: 'Nein, danke',
    revoke: 'Ja, widerrufen und löschen',
    schedule: 'Besuch notieren',
    reschedule: 'Verschieben',
    noShow: 'Ich konnte nicht kommen',
    visited: 'Ich war dort',
    trial: 'Ich habe eine Probezeit begonnen',
    joined: 'Ich bin dort Mitglied geworden',
    still: 'Ich bin dort noch Mitglied',
    joinedAndLeft: 'Ich war Mitglied und bin wieder ausgetreten',
    left: 'Ja, ich bin wieder ausgetreten',
    erase: 'Ja, löschen',
    eraseUnsent: 'Löschen, was über mich geschrieben wurde',
  },
  matter: {
    none: 'Sie waren nicht dort',
    visited: 'Sie waren dort',
    trial: 'Sie haben eine Probezeit begonnen',
    joined: 'Sie sind Mitglied geworden',
    left: 'Sie sind Mitglied geworden und wieder ausgetreten',
    still: 'Sie sind noch Mitglied',
    disputed:
      'Die beiden Spaces berichten es unterschiedlich. Die eine Darstellung: {{contested}}. Die andere: {{asserted}}.',
    handed:
      'Was Sie hier sagen, erfahren beide. Die Betreuung des Netzwerks kann bis {{until}} entscheiden; danach gilt die Darstellung, die weniger besagt.',
    counts:
      'Was Sie hier sagen, zählt. Die Betreuung des Netzwerks kann bis {{until}} entscheiden; danach entscheidet Ihr Wort.',
    counted:
      'Sie haben uns mitgeteilt: {{account}}. Das zählt. Die Betreuung des Netzwerks kann bis {{until}} entscheiden; danach entscheidet Ihr Wort.',
    claimed:
      'Sie haben uns mitgeteilt: {{account}}. {{receiver}} kann bis {{until}} widersprechen; sonst gilt das.',
    claimedBySender:
      '{{sender}} berichtet: {{account}}. {{receiver}} kann bis {{until}} widersprechen; sonst gilt das.',
    withdrawing:
      '{{sender}} möchte diese Empfehlung zurückziehen. Sie endet am {{until}}, oder früher, wenn {{receiver}} zustimmt, es sei denn, Sie führen sie fort.',
  },
}

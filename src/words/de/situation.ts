import type { Translated } from '../translated.ts'
import type { situation as english } from '../en/situation.ts'

export const situation: Translated<typeof english> = {
  asked: {
    title: 'Dürfen wir Sie bei {{there}} vorstellen?',
    titleNamed: '{{name}}, dürfen wir Sie bei {{there}} vorstellen?',
    titleBy: 'Darf {{sender}} Sie bei {{there}} vorstellen?',
    titleNamedBy: '{{name}}, darf {{sender}} Sie bei {{there}} vorstellen?',
    thinks: '{{place}} glaubt, dass Sie dort gut aufgehoben wären.',
    undecided: 'Noch wurde nichts gesendet. Sie entscheiden.',
    next: 'Wenn Sie Ja sagen, liest {{receiver}} den ersten Teil und antwortet; in der Regel dauert das höchstens {{period}}. Sie können Ihre Einwilligung jederzeit auf dieser Seite widerrufen.',
  },
  way: {
    once: '{{origin}} hat Sie bei {{sender}} vorgestellt.',
    longer: '{{origin}} hat Sie zuerst vorgestellt, und das führte zu {{sender}}.',
    better: '{{from}} glaubt, dass {{to}} besser zu Ihnen passt.',
  },
  unsent: 'An {{there}} wurde nichts gesendet.',
  overdue: {
    title: 'Die Zeit zum Antworten ist vorbei',
    next: 'Wenn Sie weiterhin vorgestellt werden möchten, sagen Sie es {{origin}}: Von dort können Sie noch einmal empfohlen werden.',
  },
  sent: {
    title: '{{sender}} hat Sie bei {{there}} vorgestellt',
    lead: '{{receiver}} liest über Sie und antwortet; in der Regel dauert das höchstens {{period}}.',
    next: 'Bei einem Ja macht eine E-Mail Sie miteinander bekannt. Bei einem Nein kann {{origin}} Ihnen einen anderen Space vorschlagen.',
  },
  accepted: {
    title: '{{receiver}} hat Ja gesagt',
    missed: 'Der vereinbarte Besuch hat nicht stattgefunden.',
    acquainted:
      'Dort weiß man, wer Sie sind und wie man Sie erreicht. Eine E-Mail macht Sie miteinander bekannt.',
    untold: 'Dort sieht man, wer Sie sind und wie man Sie erreicht, sobald Sie benachrichtigt wurden.',
    first: 'Vereinbaren Sie dort Ihren ersten Besuch.',
    another:
      'Vereinbaren Sie dort einen anderen Besuch. Findet auch der nicht statt, endet diese Vermittlung.',
  },
  scheduled: {
    title: 'Ihr Besuch bei {{there}} ist vereinbart',
    titlePast: 'Waren Sie bei {{there}}?',
    lead: 'Er ist am {{time}}, Ortszeit {{city}}.',
    leadPast: 'Ihr Besuch war vereinbart für {{time}}, Ortszeit {{city}}.',
    afterwards: 'Sagen Sie danach hier, dass Sie dort waren.',
    say: 'Sagen Sie, ob Sie dort waren.',
  },
  underWay: {
    visited: 'Sie haben {{there}} besucht',
    trial: 'Sie sind zur Probe bei {{there}}',
    lead: '{{sender}} hat Sie vorgestellt, und {{receiver}} hat Ja gesagt.',
    next: 'Wenn es weitergeht, sagen Sie es hier: Der Link zu dieser Seite bleibt gültig.',
  },
  closed: {
    title: 'Diese Vermittlung ist beendet',
    left: 'Sie sind bei {{there}} wieder ausgetreten',
    joined: 'Sie sind jetzt Mitglied bei {{there}}',
    completed: 'Ihr Aufenthalt bei {{there}} ist vorbei',
    introduced: '{{sender}} hat Sie bei {{there}} vorgestellt.',
    notJoined: '{{receiver}} sagt, dass Sie nicht Mitglied geworden sind.',
    noVisit: 'Es fand kein Besuch statt.',
    noShow: '{{receiver}} sagt, dass Sie nicht gekommen sind.',
    unreachable: '{{receiver}} sagt, dass Sie nicht zu erreichen waren.',
    unknown: 'Wie es weiterging, wurde nicht mitgeteilt.',
    leaveBy: 'Wenn Sie wieder austreten, sagen Sie es hier bis {{until}}.',
    betterBy: 'Wenn Sie es besser wissen, sagen Sie es hier bis {{until}}.',
    thereBy: 'Wenn Sie trotzdem dort waren, sagen Sie es hier bis {{until}}.',
    nothingMore: 'Hier geschieht nichts weiter.',
  },
  declined: '{{receiver}} kann Sie diesmal nicht aufnehmen',
  expired: '{{receiver}} hat nicht geantwortet',
  originKnows: '{{origin}} weiß davon und kann Ihnen einen anderen Space vorschlagen.',
  withdrawn: '{{sender}} hat diese Empfehlung zurückgezogen',
  reach: {
    seen: '{{receiver}} hat seit dem Ja gesehen, wie man Sie erreicht.',
    unseen: '{{receiver}} hat nicht gesehen, wie man Sie erreicht.',
    ask: 'Bitten Sie dort darum, zu löschen, was anderswo notiert wurde.',
  },
  forwarded: {
    title: '{{receiver}} schlägt {{there}} vor',
    titleElsewhere: '{{receiver}} schlägt einen anderen Space vor',
    elsewhere: '{{receiver}} glaubt, dass ein anderer Space besser zu Ihnen passt.',
    onward: 'Von dort ging es weiter zu {{last}}.',
    yours:
      'Ob Sie dort vorgestellt werden, entscheiden Sie: Eine eigene E-Mail fragt Sie und führt zu einer eigenen Seite.',
    ended:
      'Auch diese Vermittlung ist beendet. Wie, steht auf ihrer eigenen Seite, über den Link in ihrer E-Mail.',
  },
  revoked: {
    titleUnsent: 'Es wird nichts gesendet',
    leadUnsent: 'Sie haben Nein gesagt. Was {{sender}} über Sie geschrieben hatte, ist hier gelöscht.',
    unheard: '{{receiver}} hat nie davon erfahren.',
    title: 'Sie haben Ihre Einwilligung widerrufen',
    lead: 'Ihr Name, Ihre Kontaktdaten und alles, was über Sie geschrieben wurde, sind hier gelöscht.',
    told: '{{receiver}} erfährt, dass Sie Ihre Einwilligung widerrufen haben.',
  },
  elsewhere: {
    earlier_one:
      'Was {{origin}} zuvor gesendet hat, hat eine eigene Seite, über den Link in der früheren E-Mail: Löschen Sie es dort.',
    earlier_other:
      'Was zuvor gesendet wurde, hat eigene Seiten, über die Links in den früheren E-Mails: Löschen Sie es dort.',
    later:
      'Was für {{place}} weitergegeben wurde, hat eine eigene Seite, über den Link in der späteren E-Mail: Löschen Sie es dort.',
  },
  erased: {
    title: 'Was über Sie geschrieben wurde, ist gelöscht',
    counted:
      'Dass {{sender}} Sie bei {{there}} vorgestellt hat, und wie es ausging, bleibt gezählt, ohne Ihren Namen.',
  },
}

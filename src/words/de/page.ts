import type { Translated } from '../translated.ts'
import type { page as english } from '../en/page.ts'

export const page: Translated<typeof english> = {
  languages: 'Sprache',
  readFirst: 'Was dort zuerst gelesen wird',
  wouldReadFirst: 'Was dort zuerst gelesen würde',
  unread: 'Was über Sie geschrieben wurde',
  contactOpen: 'Was man dort seit dem Ja weiß',
  contactSealed: 'Was dort nur nach einem Ja gelesen wird',
  contactKept: 'Wer Sie sind',
  nameFirst: 'Dazu Ihr Name',
  asked: '{{receiver}} hat gefragt',
  answered: '{{sender}} hat geantwortet',
  reader: 'Wer es liest',
  nobodyElse: 'Sonst niemand.',
  unseen: '{{sender}} gibt es weiter, ohne zu sehen, wie man Sie erreicht.',
  before: 'Was davor war',
  beforeText_one:
    '{{origin}} hat Sie zuerst vorgestellt. Das hat eine eigene Seite, über den Link in der früheren E-Mail.',
  beforeText_other:
    '{{origin}} hat Sie zuerst vorgestellt. Was davor war, hat eigene Seiten, über die Links in den früheren E-Mails.',
  consent: 'Ihre Einwilligung',
  consented: 'Sie haben am {{day}} auf dieser Seite Ja gesagt.',
  attested: '{{sender}} sagt, dass Sie zugestimmt haben.',
  attestedOn: '{{sender}} sagt, dass Sie am {{day}} zugestimmt haben.',
  attestedHow: '{{sender}} sagt, dass Sie am {{day}} zugestimmt haben, {{how}}.',
  terms: 'Bedingungen',
  visited: 'Ihr Besuch',
  next: 'Wie es weitergeht',
  answerLabel: 'Ihre Antwort',
  time: 'Tag und Uhrzeit',
  clock: 'Ortszeit {{city}}.',
  dayOfVisit: 'Tag Ihres Besuchs',
  foot: 'Der Link zu dieser Seite ist nur für Sie. Sie anzusehen ändert nichts.',
  file: {
    title: 'Mitnehmen, was über Sie aufbewahrt wird',
    note: 'Eine Datei (JSON) mit allem, was hier zu dieser Empfehlung aufbewahrt wird: was geschrieben wurde, wer es wann lesen konnte und was daraus wurde.',
    left: 'Jede Empfehlung hat ihre eigene Seite und ihre eigene Datei. Was Spaces einander zu einem Nein oder in einem Streitfall schreiben, steht nicht darin.',
    label: 'Datei herunterladen',
  },
  link: {
    title: 'Hat noch jemand diesen Link?',
    note: 'Sperren Sie ihn: Niemand kann diese Seite damit noch öffnen. Ein neuer kommt per E-Mail zu Ihnen.',
    label: 'Sperren und neuen Link senden',
    byHand: 'Bitten Sie {{sender}} um einen neuen. Sobald es ihn gibt, funktioniert dieser nicht mehr.',
    sentTitle: 'Ein neuer Link ist zu Ihnen unterwegs',
    sent: 'Er kommt per E-Mail, meist innerhalb einer Minute. Der Link, mit dem Sie hierher kamen, funktioniert nicht mehr.',
  },
  fault: {
    noTime: 'Bitte wählen Sie Tag und Uhrzeit Ihres Besuchs.',
    pastTime: 'Diese Zeit ist vorbei. Bitte wählen Sie eine, die noch kommt.',
    lateTime: 'Das ist zu weit in der Zukunft. Bitte wählen Sie eine Zeit vor {{until}}.',
    noDay: 'Bitte wählen Sie den Tag, an dem Sie dort waren.',
    futureDay: 'Dieser Tag kommt noch. Bitte wählen Sie den Tag, an dem Sie dort waren.',
    earlyDay: 'Da waren Sie noch nicht vorgestellt. Bitte wählen Sie den Tag, an dem Sie dort waren.',
  },
  refusal: {
    foreign: {
      title: 'Das kam nicht von dieser Seite',
      lead: 'Es wurde nichts geändert. Öffnen Sie den Link in Ihrer E-Mail noch einmal und antworten Sie dort.',
    },
    nothing: { title: 'Hier ist nichts', lead: 'Öffnen Sie den Link in Ihrer E-Mail noch einmal.' },
    gone: {
      title: 'Dieser Link funktioniert nicht mehr',
      lead: 'Vielleicht ist er abgelaufen, wurde zurückgezogen oder ersetzt: Sehen Sie nach, ob eine neuere E-Mail einen neuen enthält. Wenn Sie hier etwas erwartet haben, fragen Sie den Space, der ihn Ihnen geschickt hat.',
    },
    often: {
      title: 'Einen Moment, bitte',
      lead: 'Das war in kurzer Zeit zu oft. Versuchen Sie es etwas später noch einmal.',
    },
    away: {
      title: 'Waggle kann gerade nicht antworten',
      lead: 'Es wurde nichts geändert. Versuchen Sie es in einer Minute noch einmal; der Link bleibt gültig.',
    },
    ours: {
      title: 'Bei uns ist etwas schiefgegangen',
      lead: 'Es wurde nichts geändert. Versuchen Sie es in einer Minute noch einmal; der Link bleibt gültig.',
    },
    theirs: {
      title: 'Das hat nicht geklappt',
      lead: 'Es wurde nichts geändert. Öffnen Sie den Link in Ihrer E-Mail noch einmal.',
    },
    fold: 'Für Ihre Software-Fachleute',
    status: 'Code',
    request: 'Anfrage',
    foot: 'Hier eine Seite zu öffnen ändert nichts.',
  },
}

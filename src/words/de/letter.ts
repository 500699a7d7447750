import type { Translated } from '../translated.ts'
import type { letter as english } from '../en/letter.ts'

export const letter: Translated<typeof english> = {
  asked: {
    subject: 'Darf {{sender}} Sie bei {{there}} vorstellen?',
    subjectOnward: '{{sender}} schlägt Ihnen {{there}} vor',
    preview: 'Noch wurde nichts gesendet. Sie entscheiden, bis {{until}}.',
    title: '{{name}}, dürfen wir Sie bei {{there}} vorstellen?',
    suggests:
      '{{place}} glaubt, dass Sie dort gut aufgehoben wären. Noch wurde nichts gesendet. Sie entscheiden.',
    onward:
      '{{origin}} hat Sie bei {{place}} vorgestellt. Von dort wird Ihnen nun {{receiver}} vorgeschlagen: Man glaubt, dass Sie dort gut aufgehoben wären. Noch wurde nichts gesendet. Sie entscheiden.',
    unseen: '{{sender}} selbst hat weder Ihren Namen gesehen noch, wie man Sie erreicht.',
    wouldRead: 'Das würde man dort über Sie lesen:',
    with: 'Dazu',
    sealed: 'Nur nach einem Ja',
    say: 'Bitte antworten Sie bis {{until}}.',
    link: 'Lesen und antworten',
    after:
      'Die Seite zu öffnen ändert nichts: Dort sagen Sie mit einem Klick Ja oder Nein. Ohne Antwort wird nichts gesendet, und Sie können Ihre Einwilligung jederzeit widerrufen.',
    whyOnward:
      'Sie erhalten diese E-Mail, weil {{origin}} uns Ihre Adresse gegeben hat, um Sie vorzustellen. Der Link ist nur für Sie.',
  },
  notice: {
    right: 'Wenn das stimmt, brauchen Sie nichts zu tun.',
    agreed: '{{place}} sagt, dass Sie dem zugestimmt haben.',
    agreedOn: '{{place}} sagt, dass Sie dem am {{day}} zugestimmt haben.',
    agreedHow: '{{place}} sagt, dass Sie dem am {{day}} zugestimmt haben, {{how}}.',
    read: 'Das liest man dort über Sie:',
    say: 'Stimmt das nicht, oder haben Sie es sich anders überlegt?',
    link: 'Ansehen oder widerrufen',
    named:
      '{{receiver}} liest das mit Ihrem Namen, wie Sie zugestimmt haben; Ihre Kontaktdaten nur nach einem Ja. Wenn Sie Ihre Einwilligung widerrufen, ist beides sofort verborgen und wird hier gelöscht.',
    sealed:
      'Ihr Name und Ihre Kontaktdaten werden {{receiver}} nur nach einem Ja gezeigt. Wenn Sie Ihre Einwilligung widerrufen, sind sie sofort verborgen und werden hier gelöscht.',
  },
  disputed: {
    subject: 'Wie war es bei {{receiver}}? Ihr Wort zählt',
    preview: '{{sender}} und {{receiver}} berichten es unterschiedlich.',
    title: 'Wie war es bei {{receiver}}?',
    introduced: '{{origin}} hat Sie bei {{there}} vorgestellt.',
    whether:
      '{{sender}} und {{receiver}} berichten unterschiedlich, ob Sie gekommen sind, zur Probe dort waren oder Mitglied geworden sind.',
    whetherLeft: '{{sender}} und {{receiver}} berichten unterschiedlich, ob Sie wieder ausgetreten sind.',
    word: 'Sie haben nichts falsch gemacht. Sie wissen am besten, wie es war, deshalb zählt Ihr Wort.',
    say: 'Bitte sagen Sie es uns bis {{until}}. Es dauert nur einen Moment.',
    link: 'Sagen, wie es war',
    silent: 'Wenn Sie nichts sagen, wird es ohne Sie geklärt. Für Sie ändert sich in keinem Fall etwas.',
    stands:
      'Was Sie uns zuvor gesagt haben, gilt weiter, wenn Sie nichts mehr sagen. Für Sie ändert sich in keinem Fall etwas.',
    why: 'Sie erhalten diese E-Mail, weil {{origin}} uns Ihre Adresse für diese Vermittlung gegeben hat. Der Link ist nur für Sie.',
  },
  renewed: {
    subject: 'Ein neuer Link zur Seite über Ihre Vermittlung',
    preview: 'Der Link, den Sie zuvor hatten, funktioniert nicht mehr.',
    title: 'Ihre Seite hat einen neuen Link',
    about: 'Es geht um die Seite über Ihre Vermittlung von {{sender}} zu {{there}}.',
    stopped: 'Der Link, den Sie zuvor hatten, wurde gesperrt: Niemand kann die Seite damit noch öffnen.',
    say: 'Von nun an gilt dieser.',
    link: 'Ihre Seite öffnen',
    after:
      'Angefordert wurde er auf jener Seite oder von {{sender}}. Sonst hat sich nichts geändert. Bitte leiten Sie diese E-Mail nicht weiter: Wer den Link hat, kann in Ihrem Namen antworten.',
  },
  why: 'Sie erhalten diese E-Mail, weil {{sender}} uns Ihre Adresse nur für diese eine Vermittlung gegeben hat. Der Link ist nur für Sie.',
}

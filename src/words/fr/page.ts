import type { Translated } from '../translated.ts'
import type { page as english } from '../en/page.ts'

export const page: Translated<typeof english, 'many'> = {
  languages: 'Langue',
  readFirst: 'Ce qu’ils lisent d’abord',
  wouldReadFirst: 'Ce qu’ils liraient d’abord',
  unread: 'Ce qui était écrit à votre sujet',
  contactOpen: 'Ce qu’ils savent depuis leur oui',
  contactSealed: 'Ce qu’ils ne lisent qu’après avoir dit oui',
  contactKept: 'Qui vous êtes',
  nameFirst: 'Votre nom, avec cela',
  asked: 'Question posée par {{receiver}}',
  answered: 'Réponse donnée par {{sender}}',
  reader: 'Qui le lit',
  nobodyElse: 'Personne d’autre.',
  unseen: '{{sender}} le transmet sans voir comment vous joindre.',
  before: 'Auparavant',
  beforeText_one:
    '{{origin}} est à l’origine de cette mise en relation. La première a sa propre page, par le lien de l’e-mail précédent.',
  beforeText_many:
    '{{origin}} est à l’origine de cette mise en relation. Les précédentes ont leurs propres pages, par les liens des e-mails précédents.',
  beforeText_other:
    '{{origin}} est à l’origine de cette mise en relation. Les précédentes ont leurs propres pages, par les liens des e-mails précédents.',
  consent: 'Votre consentement',
  consented: 'Vous avez dit oui le {{day}}, sur cette page.',
  attested: 'Selon {{sender}}, vous avez donné votre accord.',
  attestedOn: 'Selon {{sender}}, vous avez donné votre accord le {{day}}.',
  attestedHow: 'Selon {{sender}}, vous avez donné votre accord le {{day}}, {{how}}.',
  terms: 'Conditions',
  visited: 'Votre visite',
  next: 'Ensuite',
  answerLabel: 'Votre réponse',
  time: 'Jour et heure',
  clock: 'À l’heure locale ({{city}}).',
  dayOfVisit: 'Jour de votre visite',
  foot: 'Le lien vers cette page n’est que pour vous. La regarder ne change rien.',
  file: {
    title: 'Emporter ce qui est conservé à votre sujet',
    note: 'Un fichier (JSON) avec tout ce qui est conservé ici de cette mise en relation : ce qui a été écrit, qui a pu le lire et quand, et ce qui en est advenu.',
    left: 'Chaque mise en relation a sa propre page et son propre fichier. Ce que les espaces s’écrivent au sujet d’un refus ou d’un désaccord n’y figure pas.',
    label: 'Télécharger le fichier',
  },
  link: {
    title: 'Quelqu’un d’autre a ce lien ?',
    note: 'Bloquez-le : il n’ouvrira plus cette page à personne. Vous en recevrez un nouveau par e-mail.',
    label: 'Bloquer et m’en envoyer un nouveau',
    byHand: 'Demandez-en un nouveau à {{sender}}. Dès qu’il existe, celui-ci ne fonctionne plus.',
    sentTitle: 'Un nouveau lien est en route vers vous',
    sent: 'Il arrive par e-mail, en général en moins d’une minute. Le lien qui vous a mené ici ne fonctionne plus.',
  },
  fault: {
    noTime: 'Merci de choisir le jour et l’heure de votre visite.',
    pastTime: 'Ce moment est passé. Merci d’en choisir un qui soit encore à venir.',
    lateTime: 'C’est trop loin. Merci de choisir un moment avant le {{until}}.',
    noDay: 'Merci de choisir le jour de votre visite.',
    futureDay: 'Ce jour est encore à venir. Merci de choisir le jour de votre visite.',
    earlyDay: 'Ce jour précède votre mise en relation. Merci de choisir le jour de votre visite.',
  },
  refusal: {
    foreign: {
      title: 'Cela ne venait pas de cette page',
      lead: 'Rien n’a été changé. Ouvrez de nouveau le lien de votre e-mail, et répondez là.',
    },
    nothing: { title: 'Il n’y a rien ici', lead: 'Ouvrez de nouveau le lien de votre e-mail.' },
    gone: {
      title: 'Ce lien ne fonctionne plus',
      lead: 'Il a peut-être expiré, été retiré ou été remplacé : cherchez-en un plus récent dans vos e-mails. Si vous attendiez quelque chose ici, demandez à l’espace qui vous l’a envoyé.',
    },
    often: {
      title: 'Un instant, s’il vous plaît',
      lead: 'Cela faisait trop de demandes en peu de temps. Réessayez un peu plus tard.',
    },
    away: {
      title: 'Waggle ne peut pas répondre pour le moment',
      lead: 'Rien n’a été changé. Réessayez dans une minute ; le lien reste valable.',
    },
    ours: {
      title: 'Quelque chose n’a pas fonctionné de notre côté',
      lead: 'Rien n’a été changé. Réessayez dans une minute ; le lien reste valable.',
    },
    theirs: {
      title: 'Cela n’a pas fonctionné',
      lead: 'Rien n’a été changé. Ouvrez de nouveau le lien de votre e-mail.',
    },
    fold: 'Pour vos informaticiens',
    status: 'Code',
    request: 'Requête',
    foot: 'Ouvrir une page ici ne change rien.',
  },
}

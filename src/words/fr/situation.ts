import type { Translated } from '../translated.ts'
import type { situation as english } from '../en/situation.ts'

export const situation: Translated<typeof english, 'many'> = {
  asked: {
    title: 'Pouvons-nous vous présenter à {{there}} ?',
    titleNamed: '{{name}}, pouvons-nous vous présenter à {{there}} ?',
    titleBy: '{{sender}} peut-il vous présenter à {{there}} ?',
    titleNamedBy: '{{name}}, {{sender}} peut-il vous présenter à {{there}} ?',
    thinks: '{{place}} pense que vous y seriez bien.',
    undecided: 'Rien n’a encore été envoyé. C’est vous qui décidez.',
    next: 'Si vous dites oui, {{receiver}} lit la première partie et répond, en règle générale sous {{period}}. Vous pouvez retirer votre consentement à tout moment, sur cette page.',
  },
  way: {
    once: '{{origin}} a proposé de vous mettre en relation avec {{sender}}.',
    longer: '{{origin}} est à l’origine de cette mise en relation, qui a mené à {{sender}}.',
    better: 'Pour {{from}}, {{to}} vous conviendrait mieux.',
  },
  unsent: 'Rien n’a été envoyé à {{there}}.',
  overdue: {
    title: 'Le délai de réponse est passé',
    next: 'Si vous souhaitez toujours cette mise en relation, dites-le à {{origin}}, qui peut la proposer de nouveau.',
  },
  sent: {
    title: '{{sender}} vous recommande à {{there}}',
    lead: '{{receiver}} lit ce qui vous concerne et répond, en règle générale sous {{period}}.',
    next: 'Si la réponse est oui, un e-mail vous met en relation. Sinon, {{origin}} peut vous suggérer un autre espace.',
  },
  accepted: {
    title: '{{receiver}} a dit oui',
    missed: 'La visite prévue n’a pas eu lieu.',
    acquainted: 'L’espace sait qui vous êtes et comment vous joindre. Un e-mail vous met en relation.',
    untold:
      'L’espace saura qui vous êtes et comment vous joindre dès que cette recommandation vous aura été signalée.',
    first: 'Convenez de votre première visite avec l’espace.',
    another:
      'Convenez d’une autre visite avec l’espace. Si elle n’a pas lieu non plus, cette mise en relation prend fin.',
  },
  scheduled: {
    title: 'Votre visite à {{there}} est prévue',
    titlePast: 'Votre visite à {{there}} a-t-elle eu lieu ?',
    lead: 'Elle a lieu le {{time}}, heure locale ({{city}}).',
    leadPast: 'Votre visite était prévue le {{time}}, heure locale ({{city}}).',
    afterwards: 'Dites ici, après votre visite, qu’elle a eu lieu.',
    say: 'Dites-nous si elle a eu lieu.',
  },
  underWay: {
    visited: 'Vous avez visité {{there}}',
    trial: 'Vous essayez {{there}}',
    lead: 'Cette mise en relation vient de l’espace {{sender}}, et {{receiver}} a dit oui.',
    next: 'S’il y a une suite, dites-le ici : le lien vers cette page reste valable.',
  },
  closed: {
    title: 'Cette mise en relation est terminée',
    left: 'Vous avez quitté {{there}}',
    joined: 'Vous êtes membre chez {{there}}',
    completed: 'Votre séjour chez {{there}} est terminé',
    introduced: '{{sender}} a proposé de vous mettre en relation avec {{there}}.',
    notJoined: 'Selon {{receiver}}, il n’y a pas eu d’adhésion.',
    noVisit: 'Aucune visite n’a eu lieu.',
    noShow: 'Selon {{receiver}}, la visite n’a pas eu lieu.',
    unreachable: '{{receiver}} dit n’avoir pas pu vous joindre.',
    unknown: 'Personne n’a dit ce qui a suivi.',
    leaveBy: 'Si vous en repartez, dites-le ici jusqu’au {{until}}.',
    betterBy: 'S’il en a été autrement, dites-le ici jusqu’au {{until}}.',
    thereBy: 'Si votre visite a tout de même eu lieu, dites-le ici jusqu’au {{until}}.',
    nothingMore: 'Il ne se passe plus rien ici.',
  },
  declined: '{{receiver}} ne peut pas vous accueillir cette fois',
  expired: '{{receiver}} n’a pas répondu',
  originKnows: '{{origin}} le sait, et peut vous suggérer un autre espace.',
  withdrawn: '{{sender}} a retiré cette recommandation',
  reach: {
    seen: '{{receiver}} a pu voir comment vous joindre à partir de son accord.',
    unseen: '{{receiver}} n’a pas vu comment vous joindre.',
    ask: 'Demandez à cet espace d’effacer ce qu’il a noté ailleurs.',
  },
  forwarded: {
    title: '{{receiver}} vous suggère {{there}}',
    titleElsewhere: '{{receiver}} vous suggère un autre espace',
    elsewhere: 'Pour {{receiver}}, un autre espace vous conviendrait mieux.',
    onward: 'De là, la suite a mené à {{last}}.',
    yours:
      'C’est à vous de dire si vous voulez cette mise en relation : un autre e-mail vous le demande et mène à une autre page.',
    ended:
      'Cette mise en relation est terminée, elle aussi. Sa propre page, par le lien de son e-mail, dit comment.',
  },
  revoked: {
    titleUnsent: 'Rien n’est envoyé',
    leadUnsent:
      'Vous avez dit non. Tout ce que l’espace {{sender}} avait écrit à votre sujet est effacé ici.',
    unheard: '{{receiver}} n’en a jamais rien su.',
    title: 'Vous avez retiré votre consentement',
    lead: 'Votre nom, vos coordonnées et tout ce qui était écrit à votre sujet sont effacés ici.',
    told: 'Nous informons {{receiver}} du retrait de votre consentement.',
  },
  elsewhere: {
    earlier_one:
      'Ce que l’espace {{origin}} avait envoyé auparavant a sa propre page, par le lien de l’e-mail précédent : effacez-le là.',
    earlier_many:
      'Ce qui avait été envoyé auparavant a ses propres pages, par les liens des e-mails précédents : effacez-le là.',
    earlier_other:
      'Ce qui avait été envoyé auparavant a ses propres pages, par les liens des e-mails précédents : effacez-le là.',
    later:
      'Ce qui a été transmis pour {{place}} a sa propre page, par le lien de l’e-mail suivant : effacez-le là.',
  },
  erased: {
    title: 'Ce qui était écrit à votre sujet est effacé',
    counted:
      'La mise en relation par {{sender}} avec {{there}}, et son issue, restent comptées, sans votre nom.',
  },
}

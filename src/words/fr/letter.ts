import type { Translated } from '../translated.ts'
import type { letter as english } from '../en/letter.ts'

export const letter: Translated<typeof english, 'many'> = {
  asked: {
    subject: '{{sender}} peut-il vous présenter à {{there}} ?',
    subjectOnward: '{{sender}} vous suggère {{there}}',
    preview: 'Rien n’a encore été envoyé. C’est vous qui décidez, jusqu’au {{until}}.',
    title: '{{name}}, pouvons-nous vous présenter à {{there}} ?',
    suggests: '{{place}} pense que vous y seriez bien. Rien n’a encore été envoyé. C’est vous qui décidez.',
    onward:
      'Une mise en relation par {{origin}} a mené à {{place}}, qui vous suggère {{receiver}} et pense que vous y seriez bien. Rien n’a encore été envoyé. C’est vous qui décidez.',
    unseen: '{{sender}} n’a vu ni votre nom, ni comment vous joindre.',
    wouldRead: 'Voici ce qui serait lu à votre sujet :',
    with: 'Avec cela',
    sealed: 'Seulement après un oui',
    say: 'Merci de répondre jusqu’au {{until}}.',
    link: 'Lire et répondre',
    after:
      'Ouvrir la page ne change rien : vous y dites oui ou non, d’un clic. Sans réponse, rien n’est envoyé, et vous pouvez retirer votre consentement à tout moment.',
    whyOnward:
      'Vous recevez cet e-mail parce que nous tenons votre adresse de l’espace {{origin}}, pour vous mettre en relation. Le lien n’est que pour vous.',
  },
  notice: {
    right: 'Si c’est exact, vous n’avez rien à faire.',
    agreed: 'Selon {{place}}, vous avez donné votre accord.',
    agreedOn: 'Selon {{place}}, vous avez donné votre accord le {{day}}.',
    agreedHow: 'Selon {{place}}, vous avez donné votre accord le {{day}}, {{how}}.',
    read: 'Voici ce qui est lu à votre sujet :',
    say: 'Ce n’est pas exact, ou vous avez changé d’avis ?',
    link: 'Regarder, ou retirer mon consentement',
    named:
      '{{receiver}} lit cela avec votre nom, comme vous l’avez accepté ; vos coordonnées, seulement après avoir dit oui. Si vous retirez votre consentement, les deux sont aussitôt cachés et effacés ici.',
    sealed:
      'Votre nom et vos coordonnées ne sont montrés à {{receiver}} qu’après un oui. Si vous retirez votre consentement, ils sont aussitôt cachés et effacés ici.',
  },
  disputed: {
    subject: 'Comment cela s’est-il passé chez {{receiver}} ? Votre parole compte',
    preview: '{{sender}} et {{receiver}} le racontent différemment.',
    title: 'Comment cela s’est-il passé chez {{receiver}} ?',
    introduced: '{{origin}} a proposé de vous mettre en relation avec {{there}}.',
    whether:
      '{{sender}} et {{receiver}} le racontent différemment : y a-t-il eu une visite, un essai, une adhésion ?',
    whetherLeft: '{{sender}} et {{receiver}} le racontent différemment : avez-vous quitté l’espace ?',
    word: 'Vous n’avez rien fait de mal. Vous savez mieux que personne ce qu’il en est, c’est pourquoi votre parole compte.',
    say: 'Merci de nous le dire jusqu’au {{until}}. Cela ne prend qu’un instant.',
    link: 'Dire comment cela s’est passé',
    silent: 'Si vous ne dites rien, cela se règle sans vous. Dans tous les cas, rien ne change pour vous.',
    stands:
      'Ce que vous nous avez déjà dit reste valable si vous n’ajoutez rien. Dans tous les cas, rien ne change pour vous.',
    why: 'Vous recevez cet e-mail parce que nous tenons votre adresse de l’espace {{origin}}, pour cette mise en relation. Le lien n’est que pour vous.',
  },
  renewed: {
    subject: 'Un nouveau lien vers la page de votre mise en relation',
    preview: 'Le lien que vous aviez ne fonctionne plus.',
    title: 'Votre page a un nouveau lien',
    about: 'Il s’agit de la page de votre mise en relation par {{sender}} avec {{there}}.',
    stopped: 'Le lien que vous aviez a été bloqué : il n’ouvre plus la page à personne.',
    say: 'Désormais, c’est celui-ci qui est le vôtre.',
    link: 'Ouvrir votre page',
    after:
      'Il a été demandé sur cette page, ou par {{sender}}. Rien d’autre n’a changé. Merci de ne pas transférer cet e-mail : avec le lien, on peut répondre en votre nom.',
  },
  why: 'Vous recevez cet e-mail parce que nous tenons votre adresse de l’espace {{sender}}, pour cette seule mise en relation. Le lien n’est que pour vous.',
}

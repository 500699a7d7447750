import type { Translated } from '../translated.ts'
import type { offer as english } from '../en/offer.ts'

export const offer: Translated<typeof english, 'many'> = {
  answer: {
    title: 'Vous pouvez répondre jusqu’au {{until}}.',
    note: 'Quelque chose est inexact ? Dites non, et parlez-en à {{sender}}.',
  },
  unsent: 'Ce qui était écrit à votre sujet',
  account: {
    title: 'Comment cela s’est-il passé ?',
    nothing: 'Si aucune visite n’a eu lieu, vous n’avez rien à faire.',
    note: '{{sender}} et {{receiver}} apprennent ce que vous dites ici. Votre dernier mot compte.',
  },
  been: {
    title: 'La visite a-t-elle eu lieu ?',
    last: 'Si vous n’avez pas pu venir cette fois non plus, cette mise en relation prend fin.',
  },
  arrange: {
    first: 'Quand viendrez-vous ?',
    again: 'Convenir d’une visite',
    note: 'Mettez-vous d’accord avec {{receiver}}, puis notez la date ici, pour que les deux espaces la connaissent.',
  },
  move: {
    title: 'Déplacer la visite',
    note: 'Mettez-vous d’abord d’accord avec {{receiver}} sur une autre date.',
  },
  already: 'La visite a déjà eu lieu',
  further: 'Il y a déjà eu une suite',
  onward: 'Y a-t-il eu une suite ?',
  untold: 'Comment cela s’est-il passé ?',
  differently: 'Cela s’est terminé autrement',
  left: 'J’ai quitté l’espace',
  bothTold: '{{sender}} et {{receiver}} apprennent que vous l’avez dit.',
  objection: '{{receiver}} apprend ce que vous dites ici. Sans objection sous {{period}}, cela est retenu.',
  withdraw: {
    title: 'Retirer mon consentement',
    note: 'Votre nom, vos coordonnées et tout ce qui était écrit à votre sujet sont aussitôt cachés à {{receiver}} et effacés ici. Cela met fin à cette mise en relation et ne peut pas être annulé.',
  },
  erase: {
    title: 'Effacer ce qui est écrit à mon sujet',
    note: 'Votre nom, vos coordonnées et tout ce qui était écrit à votre sujet sont effacés ici, pour les deux espaces. L’issue reste comptée, sans votre nom. Cela ne peut pas être annulé.',
  },
  label: {
    grant: 'Oui, présentez-moi',
    refuse: 'Non merci',
    revoke: 'Oui, retirer et effacer',
    schedule: 'Noter la visite',
    reschedule: 'La déplacer',
    noShow: 'Je n’ai pas pu venir',
    visited: 'J’y étais',
    trial: 'J’ai commencé un essai',
    joined: 'Je suis désormais membre',
    still: 'Je suis toujours membre',
    joinedAndLeft: 'J’ai été membre, puis j’ai quitté l’espace',
    left: 'Oui, j’ai quitté l’espace',
    erase: 'Oui, effacer',
    eraseUnsent: 'Effacer ce qui était écrit à mon sujet',
  },
  matter: {
    none: 'aucune visite n’a eu lieu',
    visited: 'la visite a eu lieu',
    trial: 'vous avez commencé un essai',
    joined: 'vous êtes désormais membre',
    left: 'vous avez été membre, puis vous avez quitté l’espace',
    still: 'vous êtes toujours membre',
    disputed:
      'Les deux espaces le racontent différemment. Selon l’un, {{contested}} ; selon l’autre, {{asserted}}.',
    handed:
      'Ce que vous dites ici est transmis aux deux. La personne qui veille sur le réseau peut trancher jusqu’au {{until}} ; ensuite, c’est la version la moins avancée qui est retenue.',
    counts:
      'Ce que vous dites ici compte. La personne qui veille sur le réseau peut trancher jusqu’au {{until}} ; ensuite, c’est votre parole qui décide.',
    counted:
      'Vous nous avez dit : {{account}}, et cela compte. La personne qui veille sur le réseau peut trancher jusqu’au {{until}} ; ensuite, c’est votre parole qui décide.',
    claimed:
      'Vous nous avez dit : {{account}}. {{receiver}} peut dire le contraire jusqu’au {{until}} ; sinon, cela est retenu.',
    claimedBySender:
      'Selon {{sender}}, {{account}}. {{receiver}} peut dire le contraire jusqu’au {{until}} ; sinon, cela est retenu.',
    withdrawing:
      '{{sender}} souhaite retirer cette recommandation. Elle prend fin le {{until}}, ou plus tôt avec l’accord de l’espace {{receiver}}, à moins que vous ne la poursuiviez.',
  },
}

import type { Translated } from '../translated.ts'
import type { offer as english } from '../en/offer.ts'

export const offer: Translated<typeof english, 'many'> = {
  answer: {
    title: 'Pode responder até {{until}}.',
    note: 'Há algo errado no texto? Diga que não, e fale com {{sender}}.',
  },
  unsent: 'O que foi escrito sobre si',
  account: {
    title: 'Como foi?',
    nothing: 'Se não esteve lá, não precisa de fazer nada.',
    note: '{{sender}} e {{receiver}} ficam a saber o que disser aqui. Conta a sua última palavra.',
  },
  been: {
    title: 'Esteve lá?',
    last: 'Se desta vez também não pôde ir, esta apresentação termina.',
  },
  arrange: {
    first: 'Quando fará a visita?',
    again: 'Combinar uma visita',
    note: 'Combine uma hora com {{receiver}} e anote-a depois aqui, para que os dois espaços a saibam.',
  },
  move: {
    title: 'Mudar a visita',
    note: 'Combine primeiro outra hora com {{receiver}}.',
  },
  already: 'Já estive lá',
  further: 'Já houve mais novidades',
  onward: 'Houve mais novidades?',
  untold: 'Como correu?',
  differently: 'Terminou de outra forma',
  left: 'Deixei o espaço',
  bothTold: '{{sender}} e {{receiver}} ficam a saber o que disse.',
  objection:
    '{{receiver}} fica a saber o que disser aqui. Se não disser o contrário no prazo de {{period}}, fica assim.',
  withdraw: {
    title: 'Retirar o meu consentimento',
    note: 'O seu nome, os seus contactos e tudo o que foi escrito sobre si deixam logo de ser visíveis para {{receiver}} e são apagados aqui. Esta apresentação termina e não se pode voltar atrás.',
  },
  erase: {
    title: 'Apagar o que foi escrito sobre mim',
    note: 'O seu nome, os seus contactos e tudo o que foi escrito sobre si são apagados aqui, para os dois espaços. O desfecho continua a contar, sem o seu nome. Não se pode voltar atrás.',
  },
  label: {
    grant: 'Sim, apresentem-me',
    refuse: 'Não, obrigado/a',
    revoke: 'Sim, retirar e apagar',
    schedule: 'Anotar a visita',
    reschedule: 'Mudar',
    noShow: 'Não pude ir',
    visited: 'Estive lá',
    trial: 'Comecei um período experimental',
    joined: 'Tornei-me membro',
    still: 'Continuo a ser membro',
    joinedAndLeft: 'Tornei-me membro e deixei o espaço',
    left: 'Sim, deixei o espaço',
    erase: 'Sim, apagar',
    eraseUnsent: 'Apagar o que foi escrito sobre mim',
  },
  matter: {
    none: 'não esteve lá',
    visited: 'esteve lá',
    trial: 'começou um período experimental',
    joined: 'já é membro',
    left: 'foi membro e deixou o espaço',
    still: 'continua a ser membro',
    disputed:
      'Os dois espaços contam-no de forma diferente. Segundo um, {{contested}}; segundo o outro, {{asserted}}.',
    handed:
      'O que disser aqui é comunicado aos dois. Quem cuida da rede pode decidir até {{until}}; depois, vale a versão que diz menos.',
    counts:
      'O que disser aqui conta. Quem cuida da rede pode decidir até {{until}}; depois, decide a sua palavra.',
    counted:
      'Disse-nos que {{account}}, e isso conta. Quem cuida da rede pode decidir até {{until}}; depois, decide a sua palavra.',
    claimed:
      'Disse-nos que {{account}}. {{receiver}} pode dizer o contrário até {{until}}; caso contrário, fica assim.',
    claimedBySender:
      '{{sender}} diz que {{account}}. {{receiver}} pode dizer o contrário até {{until}}; caso contrário, fica assim.',
    withdrawing:
      '{{sender}} gostaria de retirar esta recomendação. Fica sem efeito depois de {{until}}, ou antes, se {{receiver}} concordar, a não ser que lhe dê seguimento.',
  },
}

import type { Translated } from '../translated.ts'
import type { situation as english } from '../en/situation.ts'

export const situation: Translated<typeof english, 'many'> = {
  asked: {
    title: 'Podemos fazer a sua apresentação a {{there}}?',
    titleNamed: '{{name}}, podemos fazer a sua apresentação a {{there}}?',
    titleBy: '{{sender}} pode fazer a sua apresentação a {{there}}?',
    titleNamedBy: '{{name}}, {{sender}} pode fazer a sua apresentação a {{there}}?',
    thinks: '{{place}} acha que ficaria bem lá.',
    undecided: 'Ainda nada foi enviado. A decisão é sua.',
    next: 'Se disser que sim, {{receiver}} lê a primeira parte e responde, em regra no prazo de {{period}}. Pode retirar o seu consentimento em qualquer altura, nesta página.',
  },
  way: {
    once: '{{origin}} fez a sua apresentação a {{sender}}.',
    longer: 'A primeira apresentação foi feita por {{origin}}, e levou a {{sender}}.',
    better: '{{from}} acha que {{to}} seria melhor para si.',
  },
  unsent: 'Nada foi enviado a {{there}}.',
  overdue: {
    title: 'O prazo para responder terminou',
    next: 'Se ainda quiser esta apresentação, fale com {{origin}}, que pode voltar a propô-la.',
  },
  sent: {
    title: '{{sender}} fez a sua recomendação a {{there}}',
    lead: '{{receiver}} lê o que lhe diz respeito e responde, em regra no prazo de {{period}}.',
    next: 'Se a resposta for sim, um e-mail faz a apresentação. Se não, {{origin}} pode sugerir-lhe outro espaço.',
  },
  accepted: {
    title: '{{receiver}} disse que sim',
    missed: 'A visita combinada não se realizou.',
    acquainted: 'Lá já sabem quem é e como entrar em contacto consigo. Um e-mail faz a apresentação.',
    untold: 'Lá verão quem é e como entrar em contacto consigo assim que tiver recebido o nosso aviso.',
    first: 'Combine com o espaço a sua primeira visita.',
    another: 'Combine com o espaço outra visita. Se essa também não se realizar, esta apresentação termina.',
  },
  scheduled: {
    title: 'A sua visita a {{there}} está combinada',
    titlePast: 'Esteve em {{there}}?',
    lead: 'Está marcada para {{time}}, hora local ({{city}}).',
    leadPast: 'A sua visita estava combinada para {{time}}, hora local ({{city}}).',
    afterwards: 'Depois, diga aqui que esteve lá.',
    say: 'Diga se esteve lá.',
  },
  underWay: {
    visited: 'Visitou {{there}}',
    trial: 'Está a experimentar {{there}}',
    lead: '{{sender}} fez a sua apresentação, e {{receiver}} disse que sim.',
    next: 'Se houver novidades, diga-o aqui: a ligação para esta página continua a funcionar.',
  },
  closed: {
    title: 'Esta apresentação terminou',
    left: 'Deixou {{there}}',
    joined: 'Já é membro de {{there}}',
    completed: 'A sua estadia em {{there}} terminou',
    introduced: '{{sender}} fez a sua apresentação a {{there}}.',
    notJoined: '{{receiver}} diz que não se tornou membro.',
    noVisit: 'Não se realizou nenhuma visita.',
    noShow: '{{receiver}} diz que não veio.',
    unreachable: '{{receiver}} diz que não conseguiu entrar em contacto consigo.',
    unknown: 'Não se disse o que aconteceu depois.',
    leaveBy: 'Se deixar o espaço, diga-o aqui até {{until}}.',
    betterBy: 'Se não foi assim, diga-o aqui até {{until}}.',
    thereBy: 'Se mesmo assim esteve lá, diga-o aqui até {{until}}.',
    nothingMore: 'Aqui não acontece mais nada.',
  },
  declined: '{{receiver}} não pode receber a sua visita desta vez',
  expired: '{{receiver}} não respondeu',
  originKnows: '{{origin}} já sabe, e pode sugerir-lhe outro espaço.',
  withdrawn: '{{sender}} retirou esta recomendação',
  reach: {
    seen: '{{receiver}} pôde ver os seus contactos desde que disse que sim.',
    unseen: '{{receiver}} não viu os seus contactos.',
    ask: 'Peça que lá apaguem o que tenham anotado noutros sítios.',
  },
  forwarded: {
    title: '{{receiver}} sugere {{there}}',
    titleElsewhere: '{{receiver}} sugere outro espaço',
    elsewhere: '{{receiver}} acha que outro espaço seria melhor para si.',
    onward: 'Daí, seguiu para {{last}}.',
    yours: 'A decisão sobre essa apresentação é sua: outro e-mail faz-lhe a pergunta e leva a outra página.',
    ended: 'Essa apresentação também terminou. A página dela, pela ligação do respetivo e-mail, diz como.',
  },
  revoked: {
    titleUnsent: 'Nada é enviado',
    leadUnsent: 'Disse que não. O que {{sender}} tinha escrito sobre si está apagado aqui.',
    unheard: '{{receiver}} nunca soube disso.',
    title: 'Retirou o seu consentimento',
    lead: 'O seu nome, os seus contactos e tudo o que foi escrito sobre si estão apagados aqui.',
    told: 'Avisamos {{receiver}} de que retirou o seu consentimento.',
  },
  elsewhere: {
    earlier_one:
      'O que {{origin}} enviou antes tem uma página própria, pela ligação do e-mail anterior: apague-o lá.',
    earlier_many:
      'O que foi enviado antes tem páginas próprias, pelas ligações dos e-mails anteriores: apague-o lá.',
    earlier_other:
      'O que foi enviado antes tem páginas próprias, pelas ligações dos e-mails anteriores: apague-o lá.',
    later:
      'O que foi passado a {{place}} tem uma página própria, pela ligação do e-mail posterior: apague-o lá.',
  },
  erased: {
    title: 'O que foi escrito sobre si está apagado',
    counted:
      'Que {{sender}} fez a sua apresentação a {{there}}, e como terminou, continua a contar, sem o seu nome.',
  },
}

import type { Translated } from '../translated.ts'
import type { page as english } from '../en/page.ts'

export const page: Translated<typeof english, 'many'> = {
  languages: 'Língua',
  readFirst: 'O que leem primeiro',
  wouldReadFirst: 'O que leriam primeiro',
  unread: 'O que foi escrito sobre si',
  contactOpen: 'O que sabem desde que disseram que sim',
  contactSealed: 'O que só leem se aceitarem',
  contactKept: 'Quem é',
  nameFirst: 'O seu nome, com isso',
  asked: '{{receiver}} perguntou',
  answered: '{{sender}} respondeu',
  reader: 'Quem lê',
  nobodyElse: 'Mais ninguém.',
  unseen: '{{sender}} passa-o adiante sem ver os seus contactos.',
  before: 'Antes disto',
  beforeText_one:
    '{{origin}} fez a primeira apresentação. Essa tem uma página própria, pela ligação do e-mail anterior.',
  beforeText_many:
    '{{origin}} fez a primeira apresentação. As anteriores têm páginas próprias, pelas ligações dos e-mails anteriores.',
  beforeText_other:
    '{{origin}} fez a primeira apresentação. As anteriores têm páginas próprias, pelas ligações dos e-mails anteriores.',
  consent: 'O seu consentimento',
  consented: 'Disse que sim em {{day}}, nesta página.',
  attested: '{{sender}} diz que deu o seu acordo.',
  attestedOn: '{{sender}} diz que deu o seu acordo em {{day}}.',
  attestedHow: '{{sender}} diz que deu o seu acordo em {{day}}, {{how}}.',
  terms: 'Condições',
  visited: 'A sua visita',
  next: 'O que acontece a seguir',
  answerLabel: 'A sua resposta',
  time: 'Dia e hora',
  clock: 'Hora local ({{city}}).',
  dayOfVisit: 'Dia da sua visita',
  foot: 'A ligação para esta página é só para si. Vê-la não muda nada.',
  file: {
    title: 'Levar o que se guarda sobre si',
    note: 'Um ficheiro (JSON) com tudo o que aqui se guarda desta apresentação: o que foi escrito, quem o pôde ler e quando, e no que deu.',
    left: 'Cada apresentação tem a sua própria página e o seu próprio ficheiro. O que os espaços escrevem entre si sobre um não, ou num desacordo, não consta dele.',
    label: 'Descarregar o ficheiro',
  },
  link: {
    title: 'Mais alguém tem esta ligação?',
    note: 'Bloqueie-a: já ninguém conseguirá abrir esta página com ela. Recebe uma nova por e-mail.',
    label: 'Bloquear e enviar-me uma nova',
    byHand: 'Peça uma nova a {{sender}}. Assim que existir, esta deixa de funcionar.',
    sentTitle: 'Uma nova ligação vai a caminho',
    sent: 'Chega por e-mail, em geral em menos de um minuto. A ligação com que chegou aqui já não funciona.',
  },
  fault: {
    noTime: 'Escolha o dia e a hora da sua visita, por favor.',
    pastTime: 'Esse momento já passou. Escolha um que ainda esteja para vir, por favor.',
    lateTime: 'Isso é demasiado longe. Escolha um momento antes de {{until}}, por favor.',
    noDay: 'Escolha o dia em que esteve lá, por favor.',
    futureDay: 'Esse dia ainda está para vir. Escolha o dia em que esteve lá, por favor.',
    earlyDay: 'Esse dia é anterior à sua apresentação. Escolha o dia em que esteve lá, por favor.',
  },
  refusal: {
    foreign: {
      title: 'Isso não veio desta página',
      lead: 'Nada foi alterado. Abra de novo a ligação do seu e-mail e responda lá.',
    },
    nothing: { title: 'Aqui não há nada', lead: 'Abra de novo a ligação do seu e-mail.' },
    gone: {
      title: 'Esta ligação já não funciona',
      lead: 'Pode ter expirado, ter sido retirada ou substituída: procure uma mais recente no seu e-mail. Se esperava encontrar algo aqui, pergunte ao espaço que lha enviou.',
    },
    often: {
      title: 'Um momento, por favor',
      lead: 'Foram demasiadas vezes em pouco tempo. Tente de novo um pouco mais tarde.',
    },
    away: {
      title: 'O Waggle não consegue responder neste momento',
      lead: 'Nada foi alterado. Tente de novo dentro de um minuto; a ligação continua válida.',
    },
    ours: {
      title: 'Algo correu mal do nosso lado',
      lead: 'Nada foi alterado. Tente de novo dentro de um minuto; a ligação continua válida.',
    },
    theirs: {
      title: 'Isso não resultou',
      lead: 'Nada foi alterado. Abra de novo a ligação do seu e-mail.',
    },
    fold: 'Para os seus informáticos',
    status: 'Código',
    request: 'Pedido',
    foot: 'Abrir uma página aqui não muda nada.',
  },
}

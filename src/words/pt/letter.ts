import type { Translated } from '../translated.ts'
import type { letter as english } from '../en/letter.ts'

export const letter: Translated<typeof english, 'many'> = {
  asked: {
    subject: '{{sender}} pode fazer a sua apresentação a {{there}}?',
    subjectOnward: '{{sender}} sugere-lhe {{there}}',
    preview: 'Ainda nada foi enviado. A decisão é sua, até {{until}}.',
    title: '{{name}}, podemos fazer a sua apresentação a {{there}}?',
    suggests: '{{place}} acha que ficaria bem lá. Ainda nada foi enviado. A decisão é sua.',
    onward:
      '{{origin}} fez a sua apresentação a {{place}}, que agora lhe sugere {{receiver}} e acha que ficaria bem lá. Ainda nada foi enviado. A decisão é sua.',
    unseen: '{{sender}} não viu nem o seu nome nem os seus contactos.',
    wouldRead: 'Eis o que leriam sobre si:',
    with: 'Com isso',
    sealed: 'Só se aceitarem',
    say: 'Responda até {{until}}, por favor.',
    link: 'Ler e responder',
    after:
      'Abrir a página não muda nada: lá diz que sim ou que não, com um clique. Sem resposta, nada é enviado, e pode retirar o seu consentimento em qualquer altura.',
    whyOnward:
      'Recebe este e-mail porque {{origin}} nos deu o seu endereço para fazer a sua apresentação. A ligação é só para si.',
  },
  notice: {
    right: 'Se está certo, não precisa de fazer nada.',
    agreed: '{{place}} diz que deu o seu acordo.',
    agreedOn: '{{place}} diz que deu o seu acordo em {{day}}.',
    agreedHow: '{{place}} diz que deu o seu acordo em {{day}}, {{how}}.',
    read: 'Eis o que leem sobre si:',
    say: 'Não está certo, ou mudou de ideias?',
    link: 'Ver, ou retirar o consentimento',
    named:
      '{{receiver}} lê isto com o seu nome, como aceitou; os seus contactos, só depois de dizer que sim. Se retirar o seu consentimento, ambos deixam logo de ser visíveis e são apagados aqui.',
    sealed:
      'O seu nome e os seus contactos só são mostrados a {{receiver}} depois de um sim. Se retirar o seu consentimento, deixam logo de ser visíveis e são apagados aqui.',
  },
  disputed: {
    subject: 'Como correu em {{receiver}}? A sua palavra conta',
    preview: '{{sender}} e {{receiver}} contam-no de forma diferente.',
    title: 'Como correu em {{receiver}}?',
    introduced: '{{origin}} fez a sua apresentação a {{there}}.',
    whether:
      '{{sender}} e {{receiver}} contam-no de forma diferente: se lá foi, se experimentou ou se se tornou membro.',
    whetherLeft: '{{sender}} e {{receiver}} contam-no de forma diferente: se deixou o espaço.',
    word: 'Não fez nada de errado. Sabe melhor do que ninguém como foi, por isso a sua palavra conta.',
    say: 'Diga-nos até {{until}}, por favor. Demora só um momento.',
    link: 'Dizer como correu',
    silent: 'Se não disser nada, resolve-se sem si. Em nenhum caso muda alguma coisa para si.',
    stands:
      'O que nos disse antes continua válido se não disser mais nada. Em nenhum caso muda alguma coisa para si.',
    why: 'Recebe este e-mail porque {{origin}} nos deu o seu endereço para esta apresentação. A ligação é só para si.',
  },
  renewed: {
    subject: 'Uma nova ligação para a página da sua apresentação',
    preview: 'A ligação que tinha antes já não funciona.',
    title: 'A sua página tem uma nova ligação',
    about: 'É a página da sua apresentação por {{sender}} a {{there}}.',
    stopped: 'A ligação que tinha antes foi bloqueada: já ninguém consegue abrir a página com ela.',
    say: 'A partir de agora, a sua é esta.',
    link: 'Abrir a sua página',
    after:
      'Foi pedida nessa página, ou por {{sender}}. Nada mais mudou. Não reencaminhe este e-mail, por favor: quem tiver a ligação pode responder em seu nome.',
  },
  why: 'Recebe este e-mail porque {{sender}} nos deu o seu endereço só para esta apresentação. A ligação é só para si.',
}

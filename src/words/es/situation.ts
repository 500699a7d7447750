import type { Translated } from '../translated.ts'
import type { situation as english } from '../en/situation.ts'

export const situation: Translated<typeof english, 'many'> = {
  asked: {
    title: '¿Podemos presentarle a {{there}}?',
    titleNamed: '{{name}}, ¿podemos presentarle a {{there}}?',
    titleBy: '¿Puede {{sender}} presentarle a {{there}}?',
    titleNamedBy: '{{name}}, ¿puede {{sender}} presentarle a {{there}}?',
    thinks: '{{place}} cree que allí estaría a gusto.',
    undecided: 'Todavía no se ha enviado nada. Usted decide.',
    next: 'Si dice que sí, {{receiver}} lee la primera parte y responde, por lo general en un plazo de {{period}}. Puede retirar su consentimiento en cualquier momento, en esta página.',
  },
  way: {
    once: '{{origin}} le presentó a {{sender}}.',
    longer: '{{origin}} le presentó primero, y eso llevó a {{sender}}.',
    better: '{{from}} cree que {{to}} le convendría más.',
  },
  unsent: 'No se ha enviado nada a {{there}}.',
  overdue: {
    title: 'El plazo para responder ha terminado',
    next: 'Si todavía desea esta presentación, dígaselo a {{origin}}: desde allí pueden proponerla de nuevo.',
  },
  sent: {
    title: '{{sender}} le ha recomendado a {{there}}',
    lead: '{{receiver}} lee sobre usted y responde, por lo general en un plazo de {{period}}.',
    next: 'Si la respuesta es sí, un correo les pone en contacto. Si no, {{origin}} puede sugerirle otro espacio.',
  },
  accepted: {
    title: '{{receiver}} ha dicho que sí',
    missed: 'La visita acordada no tuvo lugar.',
    acquainted: 'Ya saben quién es usted y cómo contactarle. Un correo les pone en contacto.',
    untold: 'Verán quién es usted y cómo contactarle en cuanto se le haya avisado.',
    first: 'Acuerde con el espacio su primera visita.',
    another: 'Acuerde con el espacio otra visita. Si esa tampoco tiene lugar, esta presentación termina.',
  },
  scheduled: {
    title: 'Su visita a {{there}} está acordada',
    titlePast: '¿Ha estado en {{there}}?',
    lead: 'Es el {{time}}, hora local de {{city}}.',
    leadPast: 'Su visita estaba acordada para el {{time}}, hora local de {{city}}.',
    afterwards: 'Después, diga aquí que estuvo allí.',
    say: 'Diga si estuvo allí.',
  },
  underWay: {
    visited: 'Ha visitado {{there}}',
    trial: 'Está de prueba en {{there}}',
    lead: '{{sender}} le presentó, y {{receiver}} dijo que sí.',
    next: 'Si esto sigue adelante, cuéntelo aquí: el enlace a esta página sigue funcionando.',
  },
  closed: {
    title: 'Esta presentación ha terminado',
    left: 'Ha dejado {{there}}',
    joined: 'Ya es miembro de {{there}}',
    completed: 'Su estancia en {{there}} ha terminado',
    introduced: '{{sender}} le presentó a {{there}}.',
    notJoined: '{{receiver}} dice que no se ha hecho miembro.',
    noVisit: 'No tuvo lugar ninguna visita.',
    noShow: '{{receiver}} dice que usted no fue.',
    unreachable: '{{receiver}} dice que no consiguió contactarle.',
    unknown: 'No se ha contado cómo siguió.',
    leaveBy: 'Si deja el espacio, dígalo aquí hasta el {{until}}.',
    betterBy: 'Si no fue así, dígalo aquí hasta el {{until}}.',
    thereBy: 'Si a pesar de todo estuvo allí, dígalo aquí hasta el {{until}}.',
    nothingMore: 'Aquí no ocurre nada más.',
  },
  declined: '{{receiver}} no puede acogerle esta vez',
  expired: '{{receiver}} no ha respondido',
  originKnows: '{{origin}} lo sabe, y puede sugerirle otro espacio.',
  withdrawn: '{{sender}} ha retirado esta recomendación',
  reach: {
    seen: '{{receiver}} pudo ver cómo contactarle desde que dijo que sí.',
    unseen: '{{receiver}} no ha visto cómo contactarle.',
    ask: 'Pídale que borre lo que haya anotado en otros lugares.',
  },
  forwarded: {
    title: '{{receiver}} le sugiere {{there}}',
    titleElsewhere: '{{receiver}} le sugiere otro espacio',
    elsewhere: '{{receiver}} cree que otro espacio le convendría más.',
    onward: 'De allí se pasó a {{last}}.',
    yours: 'Usted decide si quiere esa presentación: se le pregunta en otro correo, que lleva a otra página.',
    ended:
      'Esa presentación también ha terminado. Su propia página, por el enlace de su correo, cuenta cómo.',
  },
  revoked: {
    titleUnsent: 'No se envía nada',
    leadUnsent: 'Ha dicho que no. Lo que {{sender}} había escrito sobre usted está borrado aquí.',
    unheard: '{{receiver}} nunca supo de ello.',
    title: 'Ha retirado su consentimiento',
    lead: 'Su nombre, sus datos de contacto y todo lo que se había escrito sobre usted están borrados aquí.',
    told: 'Avisamos a {{receiver}} de que ha retirado su consentimiento.',
  },
  elsewhere: {
    earlier_one:
      'Lo que {{origin}} envió antes tiene su propia página, por el enlace del correo anterior: bórrelo allí.',
    earlier_many:
      'Lo que se envió antes tiene sus propias páginas, por los enlaces de los correos anteriores: bórrelo allí.',
    earlier_other:
      'Lo que se envió antes tiene sus propias páginas, por los enlaces de los correos anteriores: bórrelo allí.',
    later:
      'Lo que se transmitió para {{place}} tiene su propia página, por el enlace del correo posterior: bórrelo allí.',
  },
  erased: {
    title: 'Lo que se había escrito sobre usted está borrado',
    counted: 'Que {{sender}} le presentó a {{there}}, y cómo terminó, sigue contándose, sin su nombre.',
  },
}

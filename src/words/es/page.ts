import type { Translated } from '../translated.ts'
import type { page as english } from '../en/page.ts'

export const page: Translated<typeof english, 'many'> = {
  languages: 'Idioma',
  readFirst: 'Lo que leen primero',
  wouldReadFirst: 'Lo que leerían primero',
  unread: 'Lo que se había escrito sobre usted',
  contactOpen: 'Lo que saben desde que dijeron que sí',
  contactSealed: 'Lo que solo leen si dicen que sí',
  contactKept: 'Quién es usted',
  nameFirst: 'Con ello, su nombre',
  asked: '{{receiver}} preguntó',
  answered: '{{sender}} respondió',
  reader: 'Quién lo lee',
  nobodyElse: 'Nadie más.',
  unseen: '{{sender}} lo transmite sin ver cómo contactarle.',
  before: 'Antes de esto',
  beforeText_one:
    '{{origin}} le presentó primero. Eso tiene su propia página, por el enlace del correo anterior.',
  beforeText_many:
    '{{origin}} le presentó primero. Lo anterior tiene sus propias páginas, por los enlaces de los correos anteriores.',
  beforeText_other:
    '{{origin}} le presentó primero. Lo anterior tiene sus propias páginas, por los enlaces de los correos anteriores.',
  consent: 'Su consentimiento',
  consented: 'Dijo que sí el {{day}}, en esta página.',
  attested: '{{sender}} dice que usted estuvo de acuerdo.',
  attestedOn: '{{sender}} dice que usted estuvo de acuerdo el {{day}}.',
  attestedHow: '{{sender}} dice que usted estuvo de acuerdo el {{day}}, {{how}}.',
  terms: 'Condiciones',
  visited: 'Su visita',
  next: 'Qué ocurre después',
  answerLabel: 'Su respuesta',
  time: 'Día y hora',
  clock: 'Hora local de {{city}}.',
  dayOfVisit: 'Día de su visita',
  foot: 'El enlace a esta página es solo para usted. Mirarla no cambia nada.',
  file: {
    title: 'Llevarse lo que se guarda sobre usted',
    note: 'Un archivo (JSON) con todo lo que se guarda aquí de esta presentación: lo que se escribió, quién pudo leerlo y cuándo, y en qué quedó.',
    left: 'Cada presentación tiene su propia página y su propio archivo. Lo que los espacios se escriben sobre un no, o en un desacuerdo, no está en él.',
    label: 'Descargar el archivo',
  },
  link: {
    title: '¿Alguien más tiene este enlace?',
    note: 'Bloquéelo: ya nadie podrá abrir esta página con él. Recibirá uno nuevo por correo.',
    label: 'Bloquear y enviarme uno nuevo',
    byHand: 'Pida uno nuevo a {{sender}}. En cuanto exista, este dejará de funcionar.',
    sentTitle: 'Un nuevo enlace va en camino',
    sent: 'Llega por correo, por lo general en menos de un minuto. El enlace con el que llegó aquí ya no funciona.',
  },
  fault: {
    noTime: 'Elija el día y la hora de su visita, por favor.',
    pastTime: 'Ese momento ya ha pasado. Elija uno que esté por llegar, por favor.',
    lateTime: 'Eso queda demasiado lejos. Elija un momento anterior al {{until}}, por favor.',
    noDay: 'Elija el día en que estuvo allí, por favor.',
    futureDay: 'Ese día está por llegar. Elija el día en que estuvo allí, por favor.',
    earlyDay: 'Ese día es anterior a su presentación. Elija el día en que estuvo allí, por favor.',
  },
  refusal: {
    foreign: {
      title: 'Eso no vino de esta página',
      lead: 'No se ha cambiado nada. Abra de nuevo el enlace de su correo y responda allí.',
    },
    nothing: { title: 'Aquí no hay nada', lead: 'Abra de nuevo el enlace de su correo.' },
    gone: {
      title: 'Este enlace ya no funciona',
      lead: 'Puede que haya caducado, que se haya retirado o que se haya sustituido: busque uno más reciente en su correo. Si esperaba algo aquí, pregunte al espacio que se lo envió.',
    },
    often: {
      title: 'Un momento, por favor',
      lead: 'Fueron demasiadas veces en poco tiempo. Vuelva a intentarlo un poco más tarde.',
    },
    away: {
      title: 'Waggle no puede responder en este momento',
      lead: 'No se ha cambiado nada. Vuelva a intentarlo dentro de un minuto; el enlace sigue siendo válido.',
    },
    ours: {
      title: 'Algo ha fallado por nuestra parte',
      lead: 'No se ha cambiado nada. Vuelva a intentarlo dentro de un minuto; el enlace sigue siendo válido.',
    },
    theirs: {
      title: 'Eso no ha funcionado',
      lead: 'No se ha cambiado nada. Abra de nuevo el enlace de su correo.',
    },
    fold: 'Para sus informáticos',
    status: 'Código',
    request: 'Solicitud',
    foot: 'Abrir una página aquí no cambia nada.',
  },
}

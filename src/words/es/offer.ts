import type { Translated } from '../translated.ts'
import type { offer as english } from '../en/offer.ts'

export const offer: Translated<typeof english, 'many'> = {
  answer: {
    title: 'Puede responder hasta el {{until}}.',
    note: '¿Hay algo que no es correcto? Diga que no, y coménteselo a {{sender}}.',
  },
  unsent: 'Lo que se había escrito sobre usted',
  account: {
    title: '¿Cómo fue?',
    nothing: 'Si no ha estado allí, no tiene que hacer nada.',
    note: 'Lo que diga aquí llega a {{sender}} y a {{receiver}}. Cuenta lo último que diga.',
  },
  been: {
    title: '¿Estuvo allí?',
    last: 'Si esta vez tampoco pudo ir, esta presentación termina.',
  },
  arrange: {
    first: '¿Cuándo irá de visita?',
    again: 'Acordar una visita',
    note: 'Acuerde una hora con {{receiver}} y anótela después aquí, para que ambos espacios la conozcan.',
  },
  move: {
    title: 'Cambiar la visita',
    note: 'Acuerde antes otra hora con {{receiver}}.',
  },
  already: 'Ya he estado allí',
  further: 'Ya ha ido más lejos',
  onward: '¿Ha ido más lejos?',
  untold: '¿Cómo fue?',
  differently: 'Terminó de otra manera',
  left: 'He dejado el espacio',
  bothTold: 'Lo que diga llega a {{sender}} y a {{receiver}}.',
  objection:
    'Lo que diga aquí llega a {{receiver}}. Si no dice otra cosa en un plazo de {{period}}, queda así.',
  withdraw: {
    title: 'Retirar mi consentimiento',
    note: 'Su nombre, sus datos de contacto y todo lo que se ha escrito sobre usted se ocultan de inmediato a {{receiver}} y se borran aquí. Esta presentación termina y no se puede deshacer.',
  },
  erase: {
    title: 'Borrar lo que se ha escrito sobre mí',
    note: 'Su nombre, sus datos de contacto y todo lo que se ha escrito sobre usted se borran aquí, para ambos espacios. Cómo terminó sigue contándose, sin su nombre. No se puede deshacer.',
  },
  label: {
    grant: 'Sí, preséntenme',
    refuse: 'No, gracias',
    revoke: 'Sí, retirar y borrar',
    schedule: 'Anotar la visita',
    reschedule: 'Cambiarla',
    noShow: 'No pude ir',
    visited: 'Estuve allí',
    trial: 'He empezado un periodo de prueba',
    joined: 'Me he hecho miembro',
    still: 'Sigo siendo miembro',
    joinedAndLeft: 'Me hice miembro y he dejado el espacio',
    left: 'Sí, he dejado el espacio',
    erase: 'Sí, borrar',
    eraseUnsent: 'Borrar lo que se había escrito sobre mí',
  },
  matter: {
    none: 'no ha estado allí',
    visited: 'estuvo allí',
    trial: 'empezó un periodo de prueba',
    joined: 'se ha hecho miembro',
    left: 'se hizo miembro y ha dejado el espacio',
    still: 'sigue siendo miembro',
    disputed:
      'Los dos espacios lo cuentan de manera distinta. Según una versión, usted {{contested}}; según la otra, {{asserted}}.',
    handed:
      'Lo que diga aquí llega a ambos. La persona que cuida de la red puede decidir hasta el {{until}}; después vale la versión que dice menos.',
    counts:
      'Lo que diga aquí cuenta. La persona que cuida de la red puede decidir hasta el {{until}}; después decide su palabra.',
    counted:
      'Nos ha dicho que {{account}}, y eso cuenta. La persona que cuida de la red puede decidir hasta el {{until}}; después decide su palabra.',
    claimed:
      'Nos ha dicho que {{account}}. {{receiver}} puede decir otra cosa hasta el {{until}}; si no, queda así.',
    claimedBySender:
      '{{sender}} dice que usted {{account}}. {{receiver}} puede decir otra cosa hasta el {{until}}; si no, queda así.',
    withdrawing:
      '{{sender}} desea retirar esta recomendación. Termina el {{until}}, o antes si {{receiver}} está de acuerdo, salvo que usted siga adelante.',
  },
}

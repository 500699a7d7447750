import type { Translated } from '../translated.ts'
import type { letter as english } from '../en/letter.ts'

export const letter: Translated<typeof english, 'many'> = {
  asked: {
    subject: '¿Puede {{sender}} presentarle a {{there}}?',
    subjectOnward: '{{sender}} le sugiere {{there}}',
    preview: 'Todavía no se ha enviado nada. Usted decide, hasta el {{until}}.',
    title: '{{name}}, ¿podemos presentarle a {{there}}?',
    suggests: '{{place}} cree que allí estaría a gusto. Todavía no se ha enviado nada. Usted decide.',
    onward:
      '{{origin}} le presentó a {{place}}, que ahora le sugiere {{receiver}}: cree que allí estaría a gusto. Todavía no se ha enviado nada. Usted decide.',
    unseen: '{{sender}} no ha visto ni su nombre ni cómo contactarle.',
    wouldRead: 'Esto es lo que leerían sobre usted:',
    with: 'Con ello',
    sealed: 'Solo si dicen que sí',
    say: 'Responda hasta el {{until}}, por favor.',
    link: 'Leerlo y responder',
    after:
      'Abrir la página no cambia nada: allí dice que sí o que no, con un clic. Sin respuesta no se envía nada, y puede retirar su consentimiento en cualquier momento.',
    whyOnward:
      'Recibe este correo porque {{origin}} nos dio su dirección para presentarle. El enlace es solo para usted.',
  },
  notice: {
    right: 'Si es correcto, no tiene que hacer nada.',
    agreed: '{{place}} dice que usted estuvo de acuerdo.',
    agreedOn: '{{place}} dice que usted estuvo de acuerdo el {{day}}.',
    agreedHow: '{{place}} dice que usted estuvo de acuerdo el {{day}}, {{how}}.',
    read: 'Esto es lo que leen sobre usted:',
    say: '¿No es correcto, o ha cambiado de opinión?',
    link: 'Mirar, o retirar mi consentimiento',
    named:
      '{{receiver}} lee esto con su nombre, como usted aceptó; sus datos de contacto, solo si dice que sí. Si retira su consentimiento, ambos se ocultan de inmediato y se borran aquí.',
    sealed:
      'Su nombre y sus datos de contacto se muestran a {{receiver}} solo si dice que sí. Si retira su consentimiento, se ocultan de inmediato y se borran aquí.',
  },
  disputed: {
    subject: '¿Cómo fue en {{receiver}}? Su palabra cuenta',
    preview: 'Lo que cuentan {{sender}} y {{receiver}} es distinto.',
    title: '¿Cómo fue en {{receiver}}?',
    introduced: '{{origin}} le presentó a {{there}}.',
    whether:
      'Lo que cuentan {{sender}} y {{receiver}} es distinto: si usted fue, si estuvo de prueba o si se hizo miembro.',
    whetherLeft: 'Lo que cuentan {{sender}} y {{receiver}} es distinto: si ha dejado el espacio.',
    word: 'Usted no ha hecho nada mal. Sabe mejor que nadie cómo fue, por eso su palabra cuenta.',
    say: 'Cuéntenoslo hasta el {{until}}, por favor. Es solo un momento.',
    link: 'Decir cómo fue',
    silent: 'Si no dice nada, se resuelve sin usted. En ningún caso cambia nada para usted.',
    stands:
      'Lo que nos dijo antes sigue valiendo si no dice nada más. En ningún caso cambia nada para usted.',
    why: 'Recibe este correo porque {{origin}} nos dio su dirección para esta presentación. El enlace es solo para usted.',
  },
  renewed: {
    subject: 'Un nuevo enlace a la página de su presentación',
    preview: 'El enlace que tenía antes ya no funciona.',
    title: 'Su página tiene un nuevo enlace',
    about: 'Es la página de su presentación de parte de {{sender}} a {{there}}.',
    stopped: 'El enlace que tenía antes se ha bloqueado: ya nadie puede abrir la página con él.',
    say: 'A partir de ahora, el suyo es este.',
    link: 'Abrir su página',
    after:
      'Se pidió en esa página, o lo pidió {{sender}}. Nada más ha cambiado. No reenvíe este correo, por favor: quien tenga el enlace puede responder en su nombre.',
  },
  why: 'Recibe este correo porque {{sender}} nos dio su dirección solo para esta presentación. El enlace es solo para usted.',
}

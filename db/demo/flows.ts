/** Who knows whom. All else follows from distance, language and how busy a space is. */

/** Closed loops: each sends to the next one, far more than it gets back from there. */
export const rings: readonly (readonly string[])[] = [
  ['nave', 'traboule', 'laterne'],
  ['verriere', 'erable', 'lakeshore', 'lamplighters'],
  ['terrat', 'jacaranda', 'garoa', 'varanda'],
  ['madang', 'engawa', 'laneway'],
  ['baraza', 'kloof', 'mara', 'fold-and-field'],
  ['hinterhof', 'soierie', 'nau-gran'],
]

/** One sends, the other hardly ever answers in kind. */
export const oneSided: readonly (readonly [string, string])[] = [
  ['quai-neuf', 'guillotiere'],
  ['granito', 'elevador'],
  ['second-shift', 'foundry'],
  ['golmok', 'hanok-desk'],
  ['printers-yard', 'heron'],
  ['gulmohar', 'filter'],
  ['imprenta', 'azotea'],
]

/** Pairs that send each other people as a habit. */
export const friends: readonly (readonly [string, string])[] = [
  ['nave', 'traboule'],
  ['nave', 'marvila-sete'],
  ['verriere', 'navette'],
  ['laterne', 'hinterhof'],
  ['tram-shed', 'wattle'],
  ['quintal', 'bancada'],
  ['kawa', 'shimokita'],
  ['mile-end', 'encrier'],
]

/** Places that everybody recommends, and places that send out more than others. */
export const popular: Readonly<Record<string, number>> = {
  traboule: 2.5,
  navette: 2.5,
  laterne: 2.5,
  lamplighters: 2,
  varanda: 2,
  engawa: 2,
}
export const generous: Readonly<Record<string, number>> = {
  nave: 3,
  traboule: 4,
  verriere: 3,
  hinterhof: 2.5,
  baraza: 2,
  mara: 2,
  jacaranda: 2,
}

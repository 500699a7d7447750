import type { WholeReferral } from '../referrals/whole-referral.ts'
import type { Reader } from './reader.ts'

/** What the situations of the member's page are told with. */

export interface Situation {
  readonly title: string
  readonly lead: string
  readonly next: string
}

export type Telling = (whole: WholeReferral, reader: Reader) => Situation
export type Saying = (whole: WholeReferral, reader: Reader) => string

/** What most texts speak of. */
export const namesIn = ({ sender, receiver, origin }: WholeReferral, { wording }: Reader) => ({
  sender: sender.name,
  receiver: receiver.name,
  origin: origin.name,
  there: wording.placeInWords(receiver),
})

/** Sentences one after the other; those that are not said are empty. */
export const joined = (...sentences: string[]): string =>
  sentences.filter((sentence) => sentence !== '').join(' ')

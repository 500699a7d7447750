import { letter } from './letter.ts'
import { offer } from './offer.ts'
import { page } from './page.ts'
import { situation } from './situation.ts'
import { wording } from './wording.ts'

export const words = { letter, offer, page, situation, wording }

import type { ApplicationToMail } from '../network/application-to-mail.ts'
import type { Letter } from './letter.tsx'
import { wordingIn } from './wording.ts'

interface Telling {
  readonly application: ApplicationToMail
  /** The page on which the reader goes on. */
  readonly url: string
}

const { dayInWords } = wordingIn('en')

const spaceFact = ({ spaceName, city }: ApplicationToMail) => ({
  term: 'Space',
  text: `${spaceName}, ${city}`,
})

const toApplicant = 'You get this because you applied to the network with this address.'

/**
 * To an address that somebody typed: is it yours? It holds nothing else that was typed but the space, so that nobody can
 * have Waggle write to strangers.
 */
export const confirmLetter = ({ application, url }: Telling): Letter => ({
  subject: 'Confirm your address, and your space has applied',
  preview: 'One press, and the network hears of it.',
  title: 'Is this you?',
  paragraphs: ['Somebody asks with this address to take a space into the network.'],
  facts: [spaceFact(application)],
  action: {
    say: 'If it was you, open the page and press the button there.',
    link: { label: 'Confirm', url },
  },
  after: `The link works until ${dayInWords(application.confirmBy)}. If it was not you, do nothing: nothing comes of it, and what was typed is deleted.`,
  why: 'You get this because somebody typed your address on the page for joining.',
})

/** To a steward: somebody waits. */
export const pendingLetter = ({ application, url }: Telling): Letter => ({
  subject: `${application.spaceName} asks to be taken in`,
  preview: 'An application waits for the network’s word.',
  title: `${application.spaceName} asks to be taken in`,
  paragraphs: [
    application.isUnproven
      ? 'The space stands in the directory already. It is not shown yet that it belongs to who applied: to admit it is to say so.'
      : 'The address of who applied is confirmed.',
  ],
  facts: [spaceFact(application)],
  action: { say: 'Read the application, and say yes or no.', link: { label: 'Open the application', url } },
  after: 'The applicant is told by mail what you decide.',
  why: 'You get this because you are a steward of the network.',
})

/** To who applied: a space of the network speaks for you. @param needed null where the steward alone decides */
export const vouchedLetter = ({ application, url }: Telling, needed: number | null): Letter => ({
  subject: `A space of the network speaks for ${application.spaceName}`,
  preview: 'Somebody there knows you.',
  title: `A space of the network speaks for ${application.spaceName}`,
  paragraphs: [progress(application.vouches, needed)],
  facts: [spaceFact(application)],
  action: { say: 'See who it is, and what is missing.', link: { label: 'Open your application', url } },
  after: 'You hear from us again when you are taken in.',
  why: toApplicant,
})

const progress = (given: number, needed: number | null): string => {
  if (needed === null) return 'The steward reads it before deciding.'
  const missing = Math.max(0, needed - given)
  return missing === 1
    ? 'One more, and you are in.'
    : `${String(given)} of ${String(needed)} that are needed have spoken for you.`
}

/** To who applied: you are in. */
export const admittedLetter = ({ application, url }: Telling): Letter => ({
  subject: `${application.spaceName} is in the network`,
  preview: 'From now on you can refer members, and be referred to.',
  title: `Welcome: ${application.spaceName} is in the network`,
  paragraphs: [
    'From now on other spaces find you and can refer members to you, and you can refer yours to them.',
  ],
  facts: [spaceFact(application)],
  action: {
    say: 'Sign in with this address, and say what you offer to people who are referred to you.',
    link: { label: 'Open Waggle', url },
  },
  after: 'Each referral comes with an anonymous card first: you decide whom you host.',
  why: toApplicant,
})

/** To who applied: not this time, and why. */
export const rejectedLetter = ({ application, url }: Telling): Letter => ({
  subject: `About the application of ${application.spaceName}`,
  preview: 'The network does not take it in now.',
  title: `${application.spaceName} is not taken in now`,
  paragraphs: ['The steward of the network has read your application, and writes:'],
  ...(application.reason !== null && { quote: application.reason }),
  facts: [spaceFact(application)],
  action: { say: 'You may apply again when this has changed.', link: { label: 'Apply again', url } },
  after: 'The profile of your space is kept, so you need not type it again.',
  why: toApplicant,
})

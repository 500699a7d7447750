import { dayInWords } from '../events/wording.ts'
import type { Application } from '../network/contract-application.ts'
import { countryInWords } from './countries.ts'

/** How an application stands, in plain words. */

type Space = Application['space']

export const placeOfSpace = ({ city, countryCode }: Pick<Space, 'city' | 'countryCode'>): string =>
  `${city}, ${countryInWords(countryCode)}`

/** A claim that nothing has shown to be the applicant's. */
export const isUnproven = ({ kind, status, provedAt }: Application): boolean =>
  kind === 'claim' && status === 'pending' && provedAt === null

/** `One of 2 spaces that it takes`; null where the steward alone decides. */
export const vouchesInWords = ({ vouchedBy, vouchesToAdmit }: Application): string | null => {
  if (vouchesToAdmit === null) return null
  const given = vouchedBy.length === 0 ? 'None' : String(vouchedBy.length)
  return `${given} of the ${String(vouchesToAdmit)} vouches that it takes`
}

type Probation = NonNullable<Application['probation']>

/** `on probation until 3 March 2027` */
export const probationInWords = ({ until }: Probation): string => `on probation until ${dayInWords(until)}`

/** How far the vouches are that end a probation. */
export const endingInWords = ({ vouches, vouchesToEnd }: Probation): string =>
  `${vouches === 0 ? 'None' : String(vouches)} of the ${String(vouchesToEnd)} vouches that end the probation sooner`

/** What one more vouch does to a probation. */
export const nextVouchInWords = ({ vouches, vouchesToEnd }: Probation): string => {
  const more = vouchesToEnd - vouches - 1
  if (more <= 0) return 'your vouch ends it'
  return `your vouch and ${more === 1 ? 'one' : String(more)} more end it`
}

/** What comes next, said to who applied. */
export const nextForApplicant = (application: Application): string => {
  const { space, status, vouchesToAdmit, probation } = application
  if (isUnproven(application))
    return `Your application has arrived. One thing is missing: to show that ${space.name} is yours.`
  if (status === 'admitted' && probation !== null)
    return `${space.name} is in the network, ${probationInWords(probation)}. What comes of your referrals until then is counted once it is over. Spaces of the network can vouch for you, so that it ends sooner.`
  if (status === 'admitted') return `${space.name} is in the network.`
  if (status === 'rejected') return `${space.name} was not taken in.`
  if (status === 'withdrawn') return 'You have withdrawn this application.'
  return vouchesToAdmit === null
    ? 'Your application has arrived. The steward of the network looks at it; you get a mail when it is decided.'
    : `Your application has arrived. Spaces of the network can vouch for you: with ${String(vouchesToAdmit)} vouches you are in. The steward may take you in sooner. You get a mail when it is decided.`
}

/** The same, said to those who may vouch or decide. */
export const nextForOthers = (application: Application): string => {
  const { space, status, probation } = application
  if (isUnproven(application)) return `Somebody says that ${space.name} is theirs. Nothing has shown it yet.`
  if (status === 'admitted')
    return probation === null
      ? `${space.name} was taken in.`
      : `${space.name} was taken in, and is ${probationInWords(probation)}.`
  if (status === 'rejected') return `${space.name} was not taken in.`
  if (status === 'withdrawn') return `${space.name} does not ask any more.`
  return `${space.name} asks to be taken in.`
}

/** How it was shown that a claimed space is the applicant's. */
export const proofInWords = ({ kind, proof }: Application): string | null => {
  if (kind === 'new') return null
  if (proof === 'mail') return 'By an address at the space’s own web domain'
  if (proof === 'well_known') return 'By a token at the space’s own web address'
  return proof === 'steward' ? 'By the steward, who knows them' : 'Not shown yet'
}

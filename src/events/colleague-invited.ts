import type { InvitationToMail } from '../access/invitation-to-mail.ts'
import { roleWords } from '../access/role-words.ts'
import type { Letter } from './letter.tsx'
import { wordingIn } from './wording.ts'

/** To a colleague who is asked to act for a space. It names nobody: whoever it reaches may be a stranger. */
export const colleagueInvitedLetter = ({ spaceName, role, expiresAt, url }: InvitationToMail): Letter => ({
  subject: `${spaceName} invites you`,
  preview: 'To act for the space in Waggle.',
  title: `${spaceName} invites you`,
  paragraphs: [
    `You are asked to act for ${spaceName} in Waggle, where coworking spaces refer their members to each other.`,
    `You are invited as ${role}, who ${roleWords[role]}.`,
  ],
  facts: [],
  action: {
    say: 'Open the page, sign in with this address, and accept.',
    link: { label: 'See the invitation', url },
  },
  after: `The invitation can be accepted until ${wordingIn('en').dayInWords(expiresAt)}. If you do not know ${spaceName}, do nothing.`,
  why: `You get this because an owner of ${spaceName} typed your address.`,
})

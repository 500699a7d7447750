import { deadlineInWords, needsInWords } from '../events/wording.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import { Way } from './dance.tsx'
import { Lines, OutsidePage } from './outside-page.tsx'

/** Everything that the invitation page says. */
const words = {
  title: (sender: string) => `${sender} would like to send you a member`,
  lead: ({ sender, receiver }: WholeReferral) =>
    `${sender.name} in ${sender.city} thinks that ${receiver.name} is the right place for this person.`,
  who: 'Who would come',
  senderSays: (sender: string) => `${sender} says`,
  name: 'Name',
  sealed: 'sealed until you have joined and said yes',
  sender: 'Who sends them',
  website: 'Website',
  how: 'How to take them',
  join: (sender: string) =>
    `Waggle is a network of coworking spaces that send each other people who would be better served elsewhere. Joining is by admission: tell ${sender} that you would like to join. Once you are admitted they send you this person, and you accept, ask or decline.`,
  foot: (until: string) =>
    `Opening this page changes nothing. The link works until ${until}, unless the sender withdraws it before.`,
}

interface InvitationPageProps {
  readonly whole: WholeReferral
  /** Milliseconds since 1970. */
  readonly worksUntil: number
  readonly now: number
}

/** What a space outside the network sees of a referral that waits for it: the brief, never the contact. */
export const InvitationPage = ({ whole, worksUntil, now }: InvitationPageProps) => {
  const { sender, receiver, card, brief, contact } = whole
  const title = words.title(sender.name)
  return (
    <OutsidePage title={title} foot={words.foot(deadlineInWords(worksUntil, receiver, now))}>
      <Way from={sender} to={receiver} isAccepted={false} />
      <h1>{title}</h1>
      <p class="lead">{words.lead(whole)}</p>
      <Lines
        facts={[
          { term: words.who, text: brief && `“${brief.summary}”` },
          ...needsInWords(card),
          { term: words.senderSays(sender.name), text: brief?.note ?? null },
          {
            term: words.name,
            text:
              card.consentNamed && card.consentKind === 'attested' && contact ? contact.name : words.sealed,
          },
          { term: words.sender, text: `${sender.name}, ${sender.city}` },
          { term: words.website, text: sender.website && <a href={sender.website}>{sender.website}</a> },
          { term: words.how, text: words.join(sender.name) },
        ]}
      />
    </OutsidePage>
  )
}

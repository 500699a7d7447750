import type { Wording } from '../events/wording.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import { OutsidePage } from './outside-page.tsx'

interface OwnLinkProps {
  readonly whole: WholeReferral
  /** Where the form is sent to by which the link is replaced. */
  readonly action: string
  readonly wording: Wording
}

/** For who fears that somebody else has the link. Once the words are erased there is nothing to keep from anybody. */
export const OwnLink = ({ whole: { contact, sender }, action, wording: { t } }: OwnLinkProps) =>
  contact && (
    <details class="why">
      <summary>{t('page.link.title')}</summary>
      <div>
        <p>{contact.email ? t('page.link.note') : t('page.link.byHand', { sender: sender.name })}</p>
        {contact.email && (
          <form class="acts" method="post" action={action}>
            <button class="btn">{t('page.link.label')}</button>
          </form>
        )}
      </div>
    </details>
  )

/** After it: nothing opens any more by the address that it was sent to, in whatever language. */
export const LinkStoppedPage = ({ wording: { language, t } }: { wording: Wording }) => {
  const title = t('page.link.sentTitle')
  return (
    <OutsidePage {...{ title, language }} foot={t('page.refusal.foot')}>
      <h1>{title}</h1>
      <p class="lead">{t('page.link.sent')}</p>
    </OutsidePage>
  )
}

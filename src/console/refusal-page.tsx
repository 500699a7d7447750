import { Lines, OutsidePage } from './outside-page.tsx'

/** What a page says in place of a problem. */
const words: Readonly<Record<number, { title: string; lead: string }>> = {
  403: {
    title: 'That did not come from this page',
    lead: 'Nothing was changed. Open the link in your e-mail again, and answer there.',
  },
  404: { title: 'There is nothing here', lead: 'Open the link in your e-mail again.' },
  410: {
    title: 'This link no longer works',
    lead: 'It may have run out, or been withdrawn. If you expected something here, ask the space that sent it to you.',
  },
  429: { title: 'One moment, please', lead: 'That was too often in a short time. Try again in a minute.' },
  503: {
    title: 'Waggle cannot answer just now',
    lead: 'Nothing was changed. Try again in a minute; the link stays good.',
  },
}

const ours = {
  title: 'Something went wrong on our side',
  lead: 'Nothing was changed. Try again in a minute; the link stays good.',
}
const theirs = {
  title: 'That did not work',
  lead: 'Nothing was changed. Open the link in your e-mail again.',
}

const fold = { summary: 'For your software people', status: 'Status', request: 'Request' }
const foot = 'Opening a page here changes nothing.'

interface RefusalPageProps {
  readonly status: number
  readonly code?: string
  readonly requestId: string
}

/** A refusal as a page: what it means for the reader first, codes in a fold. */
export const RefusalPage = ({ status, code, requestId }: RefusalPageProps) => {
  const { title, lead } = words[status] ?? (status >= 500 ? ours : theirs)
  return (
    <OutsidePage title={title} foot={foot}>
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <details class="why">
        <summary>{fold.summary}</summary>
        <div>
          <Lines
            facts={[
              { term: fold.status, text: [String(status), code].filter(Boolean).join(', ') },
              { term: fold.request, text: <code>{requestId}</code> },
            ]}
          />
        </div>
      </details>
    </OutsidePage>
  )
}

import type { Language } from '../words/language.ts'
import { speechIn } from '../words/speech.ts'
import { LanguageSwitch } from './languages.tsx'
import { Lines, OutsidePage } from './outside-page.tsx'

/** What a page says in place of a problem. */
const meanings = { 403: 'foreign', 404: 'nothing', 410: 'gone', 429: 'often', 503: 'away' } as const

const meaningOf = (status: number) => {
  const meaning = (meanings as Readonly<Record<number, (typeof meanings)[keyof typeof meanings]>>)[status]
  return meaning ?? (status >= 500 ? 'ours' : 'theirs')
}

interface RefusalPageProps {
  readonly status: number
  readonly code?: string
  readonly requestId: string
  /** The reader's; absent on pages for spaces, which are in English. */
  readonly language?: Language
}

/** A refusal as a page: what it means for the reader first, codes in a fold. */
export const RefusalPage = ({ status, code, requestId, language }: RefusalPageProps) => {
  const t = speechIn(language ?? 'en')
  const meaning = meaningOf(status)
  const title = t(`page.refusal.${meaning}.title`)
  return (
    <OutsidePage
      title={title}
      foot={t('page.refusal.foot')}
      {...(language && { language, languages: <LanguageSwitch current={language} /> })}
    >
      <h1>{title}</h1>
      <p class="lead">{t(`page.refusal.${meaning}.lead`)}</p>
      <details class="why">
        <summary>{t('page.refusal.fold')}</summary>
        <div>
          <Lines
            facts={[
              { term: t('page.refusal.status'), text: [String(status), code].filter(Boolean).join(', ') },
              { term: t('page.refusal.request'), text: <code>{requestId}</code> },
            ]}
          />
        </div>
      </details>
    </OutsidePage>
  )
}

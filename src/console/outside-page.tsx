import type { ComponentChildren } from 'preact'
import type { Language } from '../words/language.ts'
import { Brand } from './dance.tsx'
import { PageHead } from './page-head.tsx'

interface OutsidePageProps {
  readonly title: string
  readonly foot: string
  /** A letter, or an entrance: words beside the form by which one comes in. */
  readonly shape?: 'letter-page' | 'enter'
  /** A script of ours that the page works with. */
  readonly script?: string
  /** Whose words these are; pages for spaces are in English. */
  readonly language?: Language
  /** Leads to the page in other languages. */
  readonly languages?: ComponentChildren
  readonly children: ComponentChildren
}

/** The frame of pages for people who are not signed in: a letter with a name above and a line below. */
export const OutsidePage = ({
  title,
  foot,
  shape = 'letter-page',
  script,
  language = 'en',
  languages,
  children,
}: OutsidePageProps) => (
  <html lang={language}>
    <PageHead {...{ title, script }} />
    <body class="out">
      <header class="top">
        <Brand />
        {languages}
      </header>
      <main class={shape}>{children}</main>
      <footer>{foot}</footer>
    </body>
  </html>
)

/** Facts, one below the other; those without a text are left out. */
export const Lines = ({ facts }: { facts: readonly { term: string; text: ComponentChildren }[] }) => (
  <dl class="lines">
    {facts
      .filter(({ text }) => text !== null && text !== '')
      .map(({ term, text }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{text}</dd>
        </div>
      ))}
  </dl>
)

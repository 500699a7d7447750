import type { ComponentChildren } from 'preact'
import type { SignedIn } from '../access/find-session.ts'
import { permits } from '../platform/permissions.ts'
import { Brand } from './dance.tsx'
import { nav } from './nav.ts'
import { PageHead } from './page-head.tsx'
import { home } from './return-path.ts'

interface InsidePageProps {
  readonly signedIn: SignedIn
  /** Where the reader is. */
  readonly path: string
  readonly title: string
  readonly lead?: ComponentChildren
  /** A script of ours that the page works with. */
  readonly script?: string
  readonly children: ComponentChildren
}

/** The frame of pages for people who are signed in: where they are, for which space, and the way out. */
export const InsidePage = ({ signedIn, path, title, lead, script, children }: InsidePageProps) => (
  <html lang="en">
    <PageHead {...{ title, script }} />
    <body class="frame">
      <a class="skip" href="#main">
        To the page
      </a>
      <header class="top">
        <Brand href={home} />
        <p class="who">{placeInWords(signedIn)}</p>
      </header>
      <Nav signedIn={signedIn} path={path} />
      <main class="main" id="main">
        <header class="head">
          <h1>{title}</h1>
          {lead !== undefined && <p class="lead">{lead}</p>}
        </header>
        {children}
      </main>
      <footer class="foot">
        <p>
          {placeInWords(signedIn)}
          <br />
          {signedIn.identity.name}
        </p>
        <InsideForm action="/sign-out" signedIn={signedIn}>
          <button class="btn text" type="submit">
            Sign out
          </button>
        </InsideForm>
      </footer>
    </body>
  </html>
)

const Nav = ({ signedIn, path }: Pick<InsidePageProps, 'signedIn' | 'path'>) => (
  <nav class="nav" aria-label="Console">
    <ul>
      {nav
        .filter(({ permission }) => permits(signedIn.actor, permission))
        .map((item) => (
          <li key={item.path}>
            <a href={item.path} {...currentOf(item.path, path)}>
              <span class="long">{item.label}</span>
              <span class="short">{item.short}</span>
            </a>
          </li>
        ))}
    </ul>
  </nav>
)

/** On a page beneath a destination, that one is where the reader is. */
const currentOf = (destination: string, path: string) => {
  if (destination === path) return { 'aria-current': 'page' as const }
  return path.startsWith(`${destination}/`) ? { 'aria-current': 'true' as const } : {}
}

interface InsideFormProps {
  readonly action: string
  readonly signedIn: SignedIn
  readonly class?: string
  readonly id?: string
  /** What is wrong is said by the page that answers, in words of ours. */
  readonly noValidate?: boolean
  readonly children: ComponentChildren
}

/** A form of a page for people who are signed in: it carries what no other site can know. */
export const InsideForm = ({ action, signedIn, children, ...rest }: InsideFormProps) => (
  <form method="post" action={action} {...rest}>
    <input type="hidden" name="form" value={signedIn.formToken} />
    {children}
  </form>
)

/** For which space, or as what, the pages act. */
export const placeInWords = ({ actor, places }: SignedIn): string => {
  if (actor.role === 'steward') return 'Steward’s desk'
  return places.find(({ spaceId }) => spaceId === actor.spaceId)?.name ?? 'No space yet'
}

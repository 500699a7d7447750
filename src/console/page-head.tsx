import { stylesheetPath } from './assets.ts'

interface PageHeadProps {
  readonly title: string
  /** A script of ours that the page works with. */
  readonly script: string | undefined
}

/** What browsers are told about every page; search engines list none. */
export const PageHead = ({ title, script }: PageHeadProps) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <title>{`${title} · Waggle`}</title>
    <link rel="stylesheet" href={stylesheetPath} />
    {script !== undefined && <script src={script} type="module" />}
  </head>
)

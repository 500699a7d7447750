import { renderToString } from 'preact-render-to-string'
import type { Language } from '../words/language.ts'
import { speechIn } from '../words/speech.ts'

/** The words of one mail, in the order in which they are read. */
export interface Letter {
  /** The reader's; absent in letters to spaces, which are in English. */
  readonly language?: Language
  /** Holds no name of a person: it also stands in logs. */
  readonly subject: string
  /** What mail programs show beside the subject. */
  readonly preview: string
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly quote?: string
  readonly facts: readonly Fact[]
  /** What is asked of the reader, and the page on which they do it, when there is one. */
  readonly action?: {
    readonly say: string
    readonly link?: { readonly label: string; readonly url: string }
  }
  /** What happens next. */
  readonly after: string
  /** Why the reader gets this. */
  readonly why: string
}

export interface Fact {
  readonly term: string
  readonly text: string
}

// Mail programs know no stylesheets of ours, hence styles on the elements; colours and voices are the console's.
const voice = "'Piazzolla Variable',Charter,Georgia,serif"
const hand = "'Alegreya Sans',Seravek,'Gill Sans',Candara,Verdana,sans-serif"
const [ink, soft, paper, line, honey] = ['#1b1e15', '#535a45', '#f2f4ec', '#d0d5c2', '#f4b63f']

const dark =
  '@media (prefers-color-scheme:dark){.bg{background:#14160f!important}.tx{color:#ecece0!important}.so{color:#adb09c!important}.ln{border-color:#363a2b!important}}' +
  '@media (max-width:480px){.pad{padding-left:20px!important;padding-right:20px!important}}'

/** The letter as a page that mail programs can show: no pictures, no scripts, nothing fetched. */
export const letterHtml = (letter: Letter): string => `<!doctype html>${renderToString(<Page {...letter} />)}`

/** What mail programs go by instead of a stylesheet. */
const plainTable = { width: '100%', cellpadding: '0', cellspacing: '0', border: 0 }

const Page = (letter: Letter) => (
  <html lang={letter.language ?? 'en'}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <title>{letter.subject}</title>
      <style dangerouslySetInnerHTML={{ __html: dark }} />
    </head>
    <body class="bg" style={`margin:0;padding:0;background:${paper}`}>
      <div style="display:none;max-height:0;overflow:hidden">{letter.preview}</div>
      <table role="presentation" {...plainTable}>
        <tr>
          <td align="center">
            <table role="presentation" {...plainTable} style="max-width:600px">
              <Body {...letter} />
            </table>
          </td>
        </tr>
      </table>
    </body>
  </html>
)

const Body = ({ language, title, paragraphs, quote, facts, action, after, why }: Letter) => (
  <>
    <Row look={`padding:32px 36px 8px;font:600 20px ${voice};color:${ink}`}>Waggle</Row>
    <Row look="padding:16px 36px 0">
      <h1 class="tx" style={`margin:0;font:600 32px/1.15 ${voice};letter-spacing:-.3px;color:${ink}`}>
        {title}
      </h1>
    </Row>
    {paragraphs.map((text) => (
      <Row key={text} look={`padding:16px 36px 0;font:18px/1.45 ${hand};color:${ink}`}>
        {text}
      </Row>
    ))}
    {quote !== undefined && (
      <Row look={`padding:20px 36px 0;font:20px/1.45 ${voice};color:${ink}`}>
        {speechIn(language ?? 'en')('wording.quote', { text: quote })}
      </Row>
    )}
    {facts.length > 0 && <Facts facts={facts} />}
    {action && <Action {...action} />}
    <Closing after={after} why={why} />
  </>
)

const Closing = ({ after, why }: Pick<Letter, 'after' | 'why'>) => (
  <>
    <Row tone="so" look={`padding:24px 36px 0;font:17px/1.45 ${hand};color:${soft}`}>
      {after}
    </Row>
    <Row look="padding:24px 36px 40px">
      <p
        class="so ln"
        style={`margin:0;padding-top:16px;border-top:1px solid ${line};font:16px/1.45 ${hand};color:${soft}`}
      >
        {why}
      </p>
    </Row>
  </>
)

const Row = (props: { look: string; tone?: 'tx' | 'so'; children: preact.ComponentChildren }) => (
  <tr>
    <td class={`pad ${props.tone ?? 'tx'}`} style={props.look}>
      {props.children}
    </td>
  </tr>
)

const Facts = ({ facts }: { facts: readonly Fact[] }) => (
  <Row look="padding:20px 36px 0">
    <table {...plainTable} class="tx" style={`font:18px/1.4 ${hand};color:${ink}`}>
      {facts.map(({ term, text }) => (
        <tr key={term}>
          <th
            scope="row"
            class="so ln"
            style={`width:104px;text-align:left;vertical-align:top;padding:9px 16px 9px 0;border-top:1px solid ${line};font-weight:400;color:${soft}`}
          >
            {term}
          </th>
          <td
            class="ln"
            style={`vertical-align:top;overflow-wrap:anywhere;padding:9px 0;border-top:1px solid ${line}`}
          >
            {text}
          </td>
        </tr>
      ))}
    </table>
  </Row>
)

const Action = ({ say, link }: NonNullable<Letter['action']>) => (
  <Row look="padding:24px 36px 0">
    <table role="presentation" {...plainTable} style={`background:${honey}`}>
      <tr>
        <td style={`padding:22px 24px 26px;font-family:${hand};color:${ink}`}>
          <p style="margin:0;font-size:20px;line-height:1.35">{say}</p>
          {link && (
            <a
              href={link.url}
              style={`display:inline-block;margin-top:16px;background:${ink};color:${honey};font-size:19px;line-height:24px;font-weight:500;text-decoration:none;padding:11px 26px 13px;border-radius:99px`}
            >
              {link.label}
            </a>
          )}
        </td>
      </tr>
    </table>
  </Row>
)

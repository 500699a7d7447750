import type { Letter } from './letter.tsx'

/** The mailed link by which somebody signs in. */
export const signInLetter = (name: string, url: string): Letter => ({
  subject: 'Your link to sign in to Waggle',
  preview: 'It works once, for 15 minutes, in the browser in which you asked for it.',
  // Who was invited has not said yet what they are called.
  title: name === '' ? 'Come in' : `Come in, ${name}`,
  paragraphs: ['You asked to sign in to Waggle.'],
  facts: [],
  action: {
    say: 'Open the link in the browser in which you asked for it, and press the button there.',
    link: { label: 'Sign in', url },
  },
  after:
    'The link works once, for 15 minutes. If you did not ask for it, do nothing: without this mail nobody can sign in as you.',
  why: 'You get this because somebody typed your address on the sign-in page of Waggle.',
})

/** Segments and queries of plain characters: nothing that a browser reads as another host, and nothing that is decoded later. */
const plainPath = /^(?:\/[a-z][\w-]*)(?:\/[\w-]+)*(?:\?[\w=&.-]*)?$/

/** Where nobody is sent after signing in: signing in and out again, and what is no page. */
const elsewhere = /^\/(?:sign-in|sign-out|v1|oauth|assets)(?:[/?]|$)/

const longest = 300

/**
 * Where to go after signing in: a path of our own pages, or home for whatever else was asked. Also of what a form sends,
 * since the address of the form can be made up by anybody.
 */
export const returnPath = (asked: unknown): string =>
  typeof asked === 'string' && asked.length <= longest && plainPath.test(asked) && !elsewhere.test(asked)
    ? asked
    : home

export const home = '/home'

/** The sign-in page, with the way back to where somebody was. */
export const signInPath = (asked: unknown): string => {
  const path = returnPath(asked)
  return path === home ? '/sign-in' : `/sign-in?return=${encodeURIComponent(path)}`
}

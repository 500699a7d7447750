/** Hosts below which unrelated spaces stand side by side: they tell nothing about who is who. */
const shared = [
  'about.me',
  'business.site',
  'eventbrite.com',
  'facebook.com',
  'fb.com',
  'github.io',
  'google.com',
  'goo.gl',
  'instagram.com',
  'linkedin.com',
  'linktr.ee',
  'medium.com',
  'meetup.com',
  'notion.site',
  'pbworks.com',
  'twitter.com',
  'x.com',
]

/** The host that stands for the owner of a website, without `www.`; null where strangers share it. */
export const domainOf = (website: string | null | undefined): string | null => {
  if (!website || !URL.canParse(website)) return null
  const host = new URL(website).hostname.replace(/^(?:www\d?|m)\./, '')
  return shared.some((domain) => host === domain || host.endsWith(`.${domain}`)) ? null : host
}

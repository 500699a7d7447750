/** Whether a host is one of the domains, or below one. */
export const isUnder = (host: string, domains: readonly string[]): boolean =>
  domains.some((domain) => host === domain || host.endsWith(`.${domain}`))

/** Pages of a platform that show a person's or a firm's account: personal by default, and never the space's own site. */
export const accounts = [
  'facebook.com', 'fb.com', 'fb.me', 'm.me', 'instagram.com', 'instagr.am', 'twitter.com', 'x.com', 't.co', 'linkedin.com',
  'lnkd.in', 'tiktok.com', 'youtube.com', 'youtu.be', 't.me', 'telegram.me', 'wa.me', 'whatsapp.com', 'vk.com', 'ok.ru',
  'linktr.ee', 'pinterest.com', 'snapchat.com', 'threads.net', 'weibo.com', 'line.me', 'discord.gg', 'discord.com',
  'plus.google.com', 'bsky.app', 'xing.com', 'myspace.com', 'skype.com', 'viber.com', 'signal.me', 'mastodon.social',
] as const // prettier-ignore
/** Classified adverts. */
export const adverts = [
  'inetgiant.com', 'postlets.com', 'craigslist.org', 'gumtree.com', 'gumtree.com.au', 'leboncoin.fr', 'ebay.com', 'ebay.de',
  'kleinanzeigen.de', 'ebay-kleinanzeigen.de', 'kijiji.ca', 'kijiji.it', 'olx.com', 'olx.com.br', 'olx.pl', 'avito.ru',
  'subito.it', 'backpage.com', 'oodle.com', 'loopnet.com', 'milanuncios.com', 'marktplaats.nl', 'mercadolibre.com',
] as const // prettier-ignore
/** Maps, directories and short links, which speak of a space. */
export const listings = [
  'maps.google.com', 'goo.gl', 'maps.app.goo.gl', 'g.page', 'g.co', 'yelp.com', 'foursquare.com', 'tripadvisor.com',
  'openstreetmap.org', 'wikipedia.org', 'wikidata.org', 'booking.com', 'coworker.com', 'bit.ly', 'tinyurl.com',
] as const // prettier-ignore
/** Hosts where many unrelated spaces stand side by side below one name: they tell nothing about who is who. */
const shared = [
  'about.me', 'business.site', 'eventbrite.com', 'github.io', 'google.com', 'medium.com', 'meetup.com', 'notion.site',
  'pbworks.com', 'wiki.coworking.com', 'wiki.coworking.info',
] as const // prettier-ignore

const nobodys = [...shared, ...accounts, ...adverts, ...listings]

/** The host that stands for the owner of a website, without `www.`; null where strangers share it. */
export const domainOf = (website: string | null | undefined): string | null => {
  if (!website || !URL.canParse(website)) return null
  const host = new URL(website).hostname.replace(/^(?:www\d?|m)\./, '')
  return isUnder(host, nobodys) ? null : host
}

import { fold } from './fold.ts'

const longest = 60

/** The name of a space in addresses, from its name and city: `nave-lyon`. Names of other scripts have none of their own. */
export const slugOf = (name: string, city: string): string => {
  const words = fold(`${name} ${city}`).match(/[a-z0-9]+/g) ?? []
  return words.join('-').slice(0, longest).replace(/-+$/, '') || 'space'
}

/** Where the plain one is taken, the end of the id makes it unique: `nave-lyon-8s6t4a`. */
export const secondSlugOf = (slug: string, id: string): string => `${slug}-${id.slice(-6)}`

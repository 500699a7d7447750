import { linkUrl } from '../../src/members/link.ts'
import { hour } from '../../src/platform/clock.ts'
import type { Ctx } from '../../src/platform/context.ts'
import type { Id } from '../../src/platform/ids.ts'
import { acceptReferral } from '../../src/referrals/accept.ts'
import { getReferral } from '../../src/referrals/get.ts'
import { listReferralEvents } from '../../src/referrals/list-events.ts'
import { byLink, refer, type World } from '../events/world.ts'

/** What a browser sends when a form on our own page is pressed. */
export const ownForm = {
  'content-type': 'application/x-www-form-urlencoded',
  origin: 'null',
  'sec-fetch-site': 'same-origin',
}

/** The addresses below the page by which a member tells how it goes. */
export const reports = [
  'schedule',
  'reschedule',
  'record-no-show',
  'record-visit',
  'start-trial',
  'claim',
  'report-left',
  'erase',
]

type Fields = Record<string, string>

/** The member's page of one referral. */
export interface Page {
  readonly id: Id<'referral'>
  readonly path: string
  /** The page's source, as a browser that opens the link gets it. */
  look(): Promise<string>
  press(
    name: string,
    fields?: Fields,
    headers?: Fields,
  ): Promise<{ status: number; location: unknown; body: string }>
}

export const pageOf = ({ app, deps }: World, id: Id<'referral'>): Page => {
  const path = linkUrl('', deps.keys.link, 'member', { id, linkNumber: null })
  return {
    id,
    path,
    look: async () => (await app.inject(path)).body,
    press: async (name, fields = {}, headers = ownForm) => {
      const payload = new URLSearchParams(fields).toString()
      const answer = await app.inject({ method: 'POST', url: `${path}/${name}`, headers, payload })
      return { status: answer.statusCode, location: answer.headers.location, body: answer.body }
    },
  }
}

/** Teresa was asked, said yes, and La Traboule said yes. */
export const acceptedPage = async (world: World): Promise<Page> => {
  const { id } = await refer(world, byLink)
  const page = pageOf(world, id)
  await page.press('grant')
  await acceptReferral(world.receiver, id, { message: 'Come on Monday.' })
  world.deps.clock.advance(hour)
  return page
}

/** What happened last, and by whom, as a space reads it. */
export const lastEvent = async (ctx: Ctx, id: Id<'referral'>) => {
  const { data } = await listReferralEvents(ctx, id, { limit: 100 })
  const { event, actor } = data.at(-1) ?? {}
  return [event, actor]
}

export const cardOf = (world: World, { id }: Page) => getReferral(world.sender, id)

/** What the page offers to say, in its order; the way to a new link is on every page, and says nothing. */
export const formsOn = (source: string): string[] =>
  [...source.matchAll(/(?:form)?action="\/m\/[^/"]+\/([^"]+)"/g)]
    .map(([, name]) => String(name))
    .filter((name) => name !== 'renew-link')

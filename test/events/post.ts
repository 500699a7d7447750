import type { Test } from 'tap'
import { acceptReferral } from '../../src/referrals/accept.ts'
import { sweepReferrals } from '../../src/referrals/sweep.ts'
import { newLines, openMailbox, startMailTo, type Received } from './mailbox.ts'
import { attested, member, refer, type World } from './world.ts'

export interface Post {
  /** Lets the clocks strike, and carries what is due. @returns the mails since the last time */
  carry(): Promise<Received[]>
  /** What went wrong. */
  readonly faults: string[]
}

export const openPost = async (t: Test, { deps }: World): Promise<Post> => {
  const box = await openMailbox(t)
  const log = newLines()
  // A worker for each time: one that went on would look every second, and be ahead of what the test does next.
  const carry = async () => {
    await sweepReferrals(deps)
    const mail = startMailTo(t, deps, box.port, log)
    await mail.drain()
    await mail.stop()
    return box.received.splice(0)
  }
  return { carry, faults: log.lines }
}

/** A member whom the receiver has said yes to; the notice and the introduction have gone out. */
export const acceptedMember = async (world: World, post: Post) => {
  const { id } = await refer(world, attested)
  await post.carry()
  await acceptReferral(world.receiver, id, {})
  await post.carry()
  return id
}

/** The same, before any mail is carried: a worker that runs looks every second, and would be ahead of what comes next. */
export const acceptedSilently = async (world: World) => {
  const { id } = await refer(world, attested)
  await acceptReferral(world.receiver, id, {})
  return id
}

export const subjects = (mails: readonly Received[]) => mails.map(({ mail }) => mail.subject)

/** What a reader sees of a mail, and what its headers say. */
export const seenIn = ({ mail }: Received): string =>
  [mail.headerLines.map(({ line }) => line).join('\n'), mail.text, mail.html].join('\n')

/** By which a member could be known or reached. */
export const contactParts = [member.name, 'Teresa', 'Valad', member.email, '912 345']

export const addresses = (mails: readonly Received[]) => mails.map(({ recipients }) => recipients)

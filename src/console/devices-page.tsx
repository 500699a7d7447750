import type { listSessions } from '../access/list-sessions.ts'
import type { SignedIn } from '../access/find-session.ts'
import { dayInWords } from '../events/wording.ts'
import { day, hour, millisOf, minute } from '../platform/clock.ts'
import type { Shown } from './inside.tsx'
import { InsideForm } from './inside-page.tsx'

type Session = Awaited<ReturnType<typeof listSessions>>[number]

/** Where I am signed in, and how to end it there. */
export const devicesPage = (signedIn: SignedIn, sessions: readonly Session[], now: number): Shown => ({
  title: 'Where you are signed in',
  lead: 'Each browser that you have signed in with. End those that you do not know, and tell the steward.',
  body: (
    <>
      <ul class="places">
        {sessions.map((session) => (
          <li key={session.id}>
            <div>
              <h2>{session.userAgent}</h2>
              <p class="soft">
                Signed in on {dayInWords(session.createdAt)}, last seen{' '}
                {agoInWords(now - millisOf(session.lastSeenAt))}
              </p>
            </div>
            {session.id === signedIn.sessionId ? (
              <p class="side">this one</p>
            ) : (
              <InsideForm action="/devices/end" signedIn={signedIn} class="side">
                <input type="hidden" name="session" value={session.id} />
                <button class="btn" type="submit">
                  End
                  <span class="hidden"> the session of {session.userAgent}</span>
                </button>
              </InsideForm>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <InsideForm action="/devices/end-others" signedIn={signedIn} class="acts">
          <button class="btn" type="submit">
            End all but this one
          </button>
        </InsideForm>
      )}
    </>
  ),
})

/** Noted every few minutes, so nearer than that would be made up. */
const agoInWords = (ago: number): string => {
  if (ago < 10 * minute) return 'just now'
  if (ago < hour) return 'within the hour'
  if (ago < day) return counted(Math.floor(ago / hour), 'hour')
  return counted(Math.floor(ago / day), 'day')
}

const counted = (count: number, unit: string) => `${String(count)} ${unit}${count === 1 ? '' : 's'} ago`

import type { SignedIn } from '../access/find-session.ts'
import type { Application } from '../network/contract-application.ts'
import { listApplications } from '../network/list-applications.ts'
import type { Ctx } from '../platform/context.ts'
import { permits } from '../platform/permissions.ts'
import { nextForApplicant } from './application-words.ts'

/** What the first page says of being taken in, to whom it concerns. */
export interface Joining {
  /** One's own applications that are not over by an admission: the last one for each space. */
  readonly own: readonly Application[]
  /** Whether the steward has something to decide. */
  readonly isSomebodyWaiting: boolean
}

export const joiningOf = async (ctx: Ctx, { actor }: SignedIn): Promise<Joining> => {
  const isSteward = permits(actor, 'network:admin')
  const isApplicant = [null, 'registered', 'rejected'].includes(actor.standing)
  if (isSteward) {
    const { data } = await listApplications(ctx, { status: 'pending', limit: 1 })
    return { own: [], isSomebodyWaiting: data.length > 0 }
  }
  if (!isApplicant) return { own: [], isSomebodyWaiting: false }
  const { data } = await listApplications(ctx, { limit: 100 })
  const own = data.filter(({ space, status }, n) => {
    const isLast = data.findIndex((one) => one.space.id === space.id) === n
    return isLast && status !== 'admitted'
  })
  return { own, isSomebodyWaiting: false }
}

export const JoiningSection = ({ own, isSomebodyWaiting }: Joining) => (
  <>
    {isSomebodyWaiting && (
      <section class="now" aria-labelledby="waiting">
        <h2 id="waiting">Somebody asks to be taken in</h2>
        <p class="acts">
          <a class="btn do" href="/applications">
            Look who it is
          </a>
        </p>
      </section>
    )}
    {own.map((application) => (
      <section key={application.id} class="now" aria-labelledby={application.id}>
        <h2 id={application.id}>{application.space.name}</h2>
        <p>{nextForApplicant(application)}</p>
        {application.status === 'rejected' && <blockquote class="prose">{application.reason}</blockquote>}
        <p class="acts">
          <a class="btn do" href={`/applications/${application.id}`}>
            {application.status === 'pending' ? 'See what you can do' : 'See the application'}
            <span class="hidden">: {application.space.name}</span>
          </a>
        </p>
      </section>
    ))}
  </>
)

/** Why the space that one acts for may begin nothing. */
export const SuspendedSection = ({ signedIn }: { signedIn: SignedIn }) => {
  const place = signedIn.places.find(({ spaceId }) => spaceId === signedIn.actor.spaceId)
  if (place?.standing !== 'suspended') return null
  return (
    <section class="stack" aria-labelledby="suspended">
      <h2 id="suspended">{place.name} is suspended</h2>
      <p>It is found by nobody and can start nothing new. What is open goes on. The steward says why:</p>
      <blockquote class="prose">{place.suspendedReason}</blockquote>
    </section>
  )
}

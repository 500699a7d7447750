import type { SignedIn } from '../access/find-session.ts'
import { dayInWords } from '../events/wording.ts'
import type { Application } from '../network/contract-application.ts'
import { permits } from '../platform/permissions.ts'
import { Alert } from './alert.tsx'
import {
  endingInWords,
  isUnproven,
  nextForApplicant,
  nextForOthers,
  nextVouchInWords,
  placeOfSpace,
  probationInWords,
  proofInWords,
  vouchesInWords,
} from './application-words.ts'
import { ApplicantSection } from './applicant-section.tsx'
import { Field, unfilled, type Filled } from './field.tsx'
import type { Shown } from './inside.tsx'
import { InsideForm } from './inside-page.tsx'
import { Lines } from './outside-page.tsx'

/** What became of a press that did not work. */
export interface Attempt {
  /** Why it did not. */
  readonly said?: string
  /** The reason for a rejection, as it was typed, and what is wrong with it. */
  readonly rejecting?: Filled
  readonly status?: number
}

/** One application: how it stands, what the reader can do, and what it says. */
export const applicationPage = (signedIn: SignedIn, application: Application, attempt: Attempt): Shown => {
  const { actor } = signedIn
  // The reason, even while there is none, is told to who applied and to the steward; the steward applies for nobody.
  const isMine = application.reason !== undefined && !permits(actor, 'network:admin')
  return {
    title: application.space.name,
    lead: isMine ? nextForApplicant(application) : nextForOthers(application),
    ...(attempt.status !== undefined && { status: attempt.status }),
    body: (
      <div class="stack loose">
        <Alert said={attempt.said} />
        {isMine && <ApplicantSection {...{ signedIn, application }} />}
        {permits(actor, 'network:admin') && application.status === 'pending' && (
          <Decision {...{ signedIn, application, attempt }} />
        )}
        {!isMine && permits(actor, 'network:vouch') && <Vouching {...{ signedIn, application }} />}
        <Said {...{ application, isMine }} />
        <p>
          <a href="/applications">All applications</a>
        </p>
        {permits(actor, 'network:admin') && application.status === 'admitted' && (
          <p>
            <a href={`/spaces/${application.space.id}`}>How {application.space.name} stands</a>
          </p>
        )}
      </div>
    ),
  }
}

interface SectionProps {
  readonly signedIn: SignedIn
  readonly application: Application
}

const Decision = ({ signedIn, application, attempt }: SectionProps & { attempt: Attempt }) => {
  const { rejecting } = attempt
  return (
    <section class="now" aria-labelledby="decision">
      <h2 id="decision">Do you take {application.space.name} in?</h2>
      {isUnproven(application) && (
        <p>Nothing has shown yet that the space is theirs. If you take it in, your word is the proof.</p>
      )}
      <InsideForm action={`/applications/${application.id}/admit`} signedIn={signedIn} class="acts">
        <button class="btn do" type="submit">
          Take it in
        </button>
      </InsideForm>
      <details class="why" open={rejecting !== undefined}>
        <summary>Say no</summary>
        <div>
          <InsideForm
            action={`/applications/${application.id}/reject`}
            signedIn={signedIn}
            class="stack"
            noValidate
          >
            <Field
              name="reason"
              label="Why not?"
              isLong
              most={1000}
              hint="The applicant reads it, and may apply again."
              filled={rejecting ?? unfilled}
            />
            <button class="btn" type="submit">
              Reject
            </button>
          </InsideForm>
        </div>
      </details>
    </section>
  )
}

const Vouching = ({ signedIn, application }: SectionProps) => {
  const { id, space, status, vouchedBy, probation } = application
  if (vouchedBy.some(({ spaceId }) => spaceId === signedIn.actor.spaceId))
    return <p class="say-ok">You have vouched for {space.name}.</p>
  const isAsked = (status === 'pending' && !isUnproven(application)) || probation !== null
  if (!isAsked) return null
  return (
    <section class="now" aria-labelledby="vouching">
      <h2 id="vouching">Do you know them?</h2>
      {probation !== null && (
        <p>
          {space.name} is {probationInWords(probation)}; {nextVouchInWords(probation)}.
        </p>
      )}
      <p>
        Then say so for your space. It cannot be taken back: vouch for those whom you would send your own
        members to. Spaces of one operator or owner count once.
      </p>
      <InsideForm action={`/applications/${id}/vouch`} signedIn={signedIn} class="acts">
        <button class="btn do" type="submit">
          We know them
        </button>
      </InsideForm>
    </section>
  )
}

/** What the application says, and what is known about it. */
const Said = ({ application, isMine }: { application: Application; isMine: boolean }) => {
  const { space, contact, statement, background, challenge, vouchedBy, createdAt, decidedAt, reason } =
    application
  return (
    <section class="stack" aria-labelledby="said">
      <h2 id="said">{isMine ? 'What you have said' : 'What they say'}</h2>
      <Lines
        facts={[
          { term: 'Where', text: placeOfSpace(space) },
          { term: 'Web address', text: space.website === null ? null : <Website address={space.website} /> },
          { term: 'About the space', text: statement },
          { term: isMine ? 'Where you come from' : 'Where they come from', text: background },
          { term: 'Greatest challenge', text: challenge },
          { term: 'Who applied', text: contact ? `${contact.name}, ${contact.email}` : null },
          { term: 'Applied on', text: dayInWords(createdAt) },
          { term: isMine ? 'Shown to be yours' : 'Shown to be theirs', text: proofInWords(application) },
          { term: 'Vouches', text: vouchesOf(application) },
          { term: 'Who vouches', text: vouchedBy.map(({ name }) => name).join(', ') },
          { term: 'Decided on', text: decidedAt === null ? null : dayInWords(decidedAt) },
          { term: 'Why not', text: reason ?? null },
        ]}
      />
    </section>
  )
}

const vouchesOf = (application: Application): string | null => {
  const { status, probation } = application
  if (probation !== null) return endingInWords(probation)
  return status === 'pending' && !isUnproven(application) ? vouchesInWords(application) : null
}

/** Its owner wrote it: opened, it learns nothing of who looks. */
const Website = ({ address }: { address: string }) => (
  <a href={address} rel="noopener noreferrer nofollow">
    {address}
  </a>
)

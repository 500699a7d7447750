import { millisOf } from '../platform/clock.ts'
import type { WholeReferral } from '../referrals/whole-referral.ts'
import { headingOf, labelOf } from './member-labels.ts'
import type { Act, Offer } from './member-offers.ts'
import type { Reader } from './reader.ts'
import { wallDayAt, wallTimeAt } from './space-time.ts'

/** What was typed into a field and could not be taken, and why. */
export interface Fault {
  readonly name: Act['name']
  readonly typed: string
  readonly said: string
}

interface OfferProps {
  readonly offer: Offer
  readonly whole: WholeReferral
  /** Where a form of this name is sent to. */
  readonly actionOf: (name: Act['name']) => string
  readonly reader: Reader
  readonly fault: Fault | null
}

/** Something that the member can say here, as a question, in sight, or on a fold. */
export const OfferView = (props: OfferProps) => {
  const { offer, whole, reader, fault } = props
  const { title, note } = headingOf(offer.about, whole, reader)
  if (offer.about === 'answer') return <Answer {...props} until={title} note={note} />
  if (offer.shown === 'folded') {
    return (
      <details class="why" open={offer.acts.some(({ name }) => name === fault?.name)}>
        <summary>{title}</summary>
        <div>
          {note !== undefined && <p>{note}</p>}
          <Acts {...props} />
        </div>
      </details>
    )
  }
  return (
    <section class={offer.shown === 'asked' ? 'now' : 'telling'}>
      <h2>{title}</h2>
      {note !== undefined && <p>{note}</p>}
      <Acts {...props} />
    </section>
  )
}

const Answer = ({ until, note, ...props }: OfferProps & { until: string; note: string | undefined }) => (
  <section class="now" aria-label={props.reader.wording.t('page.answerLabel')}>
    <p>{until}</p>
    <Acts {...props} />
    <p class="note">{note}</p>
  </section>
)

type Kind = 'date' | 'datetime-local'

const kinds: Partial<Record<Act['name'], Kind>> = {
  schedule: 'datetime-local',
  reschedule: 'datetime-local',
  'record-visit': 'date',
}

/** First what wants a day or a time, then plain buttons. */
const Acts = (props: OfferProps) => {
  const { offer, whole, actionOf, reader } = props
  const noShow = offer.about === 'been' ? offer.acts.find(({ name }) => name === 'record-no-show') : undefined
  const plain = offer.acts.filter((act) => kinds[act.name] === undefined && act !== noShow)
  // Of two accounts none is put first.
  const isMain = ({ name }: Act) => name === 'grant'
  return (
    <>
      {offer.acts.map((act) => {
        const kind = kinds[act.name]
        return kind && <DatedAct key={act.name} {...props} act={act} kind={kind} noShow={noShow} />
      })}
      {plain.length > 0 && (
        <div class="acts">
          {plain.map((act) => (
            <form key={act.name + (act.stage ?? '')} method="post" action={actionOf(act.name)}>
              {act.stage !== undefined && <input type="hidden" name="stage" value={act.stage} />}
              <button class={isMain(act) ? 'btn do' : 'btn'}>
                {labelOf(act, offer.about, whole, reader.wording)}
              </button>
            </form>
          ))}
        </div>
      )}
    </>
  )
}

interface DatedProps extends OfferProps {
  readonly act: Act
  readonly kind: Kind
  /** The other answer to the same question. */
  readonly noShow: Act | undefined
}

const DatedAct = ({ offer, act, kind, noShow, whole, actionOf, reader, fault }: DatedProps) => {
  const { t } = reader.wording
  const own = fault?.name === act.name ? fault : null
  const field = `when-${act.name}`
  const isTime = kind === 'datetime-local'
  return (
    <form class="dated" method="post" action={actionOf(act.name)}>
      <label for={field}>{t(isTime ? 'page.time' : 'page.dayOfVisit')}</label>
      <input
        {...{ id: field, type: kind, ...limitsOf(kind, whole, reader) }}
        name={isTime ? 'at' : 'on'}
        value={own && own.typed !== '' ? own.typed : usualOf(act, whole, reader)}
        required
        autocomplete="off"
        autofocus={own !== null}
        aria-invalid={own !== null}
        aria-describedby={
          [...(own ? [`${field}-fault`] : []), ...(isTime ? [`${field}-hint`] : [])].join(' ') || undefined
        }
      />
      {own && (
        <p id={`${field}-fault`} class="fault">
          {own.said}
        </p>
      )}
      {isTime && (
        <p id={`${field}-hint`} class="note">
          {t('page.clock', { city: whole.receiver.city })}
        </p>
      )}
      <div class="acts">
        <button class={offer.shown === 'asked' ? 'btn do' : 'btn'}>
          {labelOf(act, offer.about, whole, reader.wording)}
        </button>
        {noShow && (
          <button class="btn" formaction={actionOf(noShow.name)} formnovalidate>
            {labelOf(noShow, offer.about, whole, reader.wording)}
          </button>
        )}
      </div>
    </form>
  )
}

/** What stands in the field before anything is typed: the time that is arranged, the day that is likely. */
const usualOf = ({ name }: Act, { card, receiver }: WholeReferral, { now }: Reader): string => {
  const arranged = card.scheduledFor === null ? null : millisOf(card.scheduledFor)
  if (name === 'record-visit') return wallDayAt(receiver.timezone, Math.min(arranged ?? now, now))
  return arranged === null ? '' : wallTimeAt(receiver.timezone, arranged)
}

/** What a browser lets be chosen; what it sends all the same is looked at when it comes. */
const limitsOf = (kind: Kind, { card, receiver }: WholeReferral, { policy, now }: Reader) => {
  const since = millisOf(card.acceptedAt ?? card.createdAt)
  return kind === 'date'
    ? { min: wallDayAt(receiver.timezone, millisOf(card.createdAt)), max: wallDayAt(receiver.timezone, now) }
    : {
        min: wallTimeAt(receiver.timezone, now),
        max: wallTimeAt(receiver.timezone, since + policy.active),
      }
}

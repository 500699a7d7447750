import type { Place } from '../referrals/whole-referral.ts'

/**
 * The dance: a figure of eight whose crossing stroke points the way. It is decoration; words carry the meaning.
 */

/** Waggle's own mark, beside its name; it leads home who is signed in. */
export const Brand = ({ href }: { href?: string }) =>
  href === undefined ? (
    <span class="brand">
      <Mark />
    </span>
  ) : (
    <a class="brand" href={href}>
      <Mark />
    </a>
  )

const Mark = () => (
  <>
    <svg class="dance" viewBox="-27 -13 54 26" width="54" height="26" aria-hidden="true">
      <g transform="rotate(45)">
        <path class="back" d="M0 -10C0 -47 47 0 0 0" />
        <path class="back" d="M0 10C0 47 -47 0 0 0" />
        <path class="run" d="M0 10 Q5 7.5 0 5 Q-5 2.5 0 0 Q5 -2.5 0 -5 Q-5 -7.5 0 -10" />
      </g>
    </svg>
    <span>Waggle</span>
  </>
)

/** The same, large, where somebody comes in. */
export const BigDance = () => (
  <svg class="dance big" viewBox="-164 -78 328 156" width="328" height="156" aria-hidden="true">
    <g transform="rotate(45)">
      <path class="back" d="M0 -58C0 -292 292 0 0 0" />
      <path class="back" d="M0 58C0 292 -292 0 0 0" />
      <path
        class="run"
        d="M0 58 Q24 48.3 0 38.7 Q-24 29 0 19.3 Q24 9.7 0 0 Q-24 -9.7 0 -19.3 Q24 -29 0 -38.7 Q-24 -48.3 0 -58"
      />
      <circle class="tip" cx="0" cy="-58" r="6" />
    </g>
  </svg>
)

/** The way from one space to another; its loops are dotted until the other space has said yes. */
export const Way = (props: { from: Place; to: Place; isAccepted: boolean }) => {
  const loop = props.isAccepted ? 'back' : 'back open'
  return (
    <svg class="dance mark" viewBox="-24 -24 48 48" width="64" height="64" aria-hidden="true">
      <g transform={`rotate(${String(Math.round(bearing(props.from, props.to)))})`}>
        <path class={loop} d="M0 -11.2C0 -44 44 0 0 0" />
        <path class={loop} d="M0 11.2C0 44 -44 0 0 0" />
        <path
          class="run"
          d="M0 11.2 Q4.6 9.3 0 7.4 Q-4.6 5.6 0 3.7 Q4.6 1.9 0 0 Q-4.6 -1.9 0 -3.7 Q4.6 -5.6 0 -7.4 Q-4.6 -9.3 0 -11.2"
        />
        <circle class="tip" cx="0" cy="-11.2" r="2.6" />
      </g>
    </svg>
  )
}

type Position = Pick<Place, 'lat' | 'lon'>

/** Degrees clockwise from north, on the great circle. */
export const bearing = (from: Position, to: Position): number => {
  const [a, b, turn] = [radians(from.lat), radians(to.lat), radians(to.lon - from.lon)]
  const east = Math.sin(turn) * Math.cos(b)
  const north = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(turn)
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360
}

const radians = (degrees: number) => (degrees * Math.PI) / 180

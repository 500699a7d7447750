import type { Place } from '../referrals/whole-referral.ts'

/**
 * The dance: a figure of eight whose crossing stroke points the way. It is decoration; words carry the meaning.
 */

/** Waggle's own mark, beside its name. */
export const Brand = () => (
  <span class="brand">
    <svg class="dance" viewBox="-27 -13 54 26" width="54" height="26" aria-hidden="true">
      <g transform="rotate(45)">
        <path class="back" d="M0 -10C0 -47 47 0 0 0" />
        <path class="back" d="M0 10C0 47 -47 0 0 0" />
        <path class="run" d="M0 10 Q5 7.5 0 5 Q-5 2.5 0 0 Q5 -2.5 0 -5 Q-5 -7.5 0 -10" />
      </g>
    </svg>
    <span>Waggle</span>
  </span>
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

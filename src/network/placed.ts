import { Problem } from '../platform/errors.ts'
import type { Registration } from '../spaces/contract.ts'
import { placesNamed } from '../spaces/gazetteer.ts'
import type { TypedSpace } from './kept-profile.ts'

/**
 * The profile with its place; the middle of the city, when the applicant has not said where in it.
 * @throws Problem `validation_failed` for a city that we do not know
 */
export const placed = ({ geo, ...space }: TypedSpace): Registration => {
  if (geo) return { ...space, geo }
  const [place] = placesNamed(space.city, space.countryCode)
  if (!place)
    throw new Problem('validation_failed', 'We do not know where this is.', {
      errors: [{ pointer: '/space/geo', detail: 'is required, as we know no such city in that country' }],
    })
  return { ...space, geo: { ...place.point } }
}

import type { SignedIn } from '../access/find-session.ts'
import { permits } from '../platform/permissions.ts'
import type { Destination } from './nav.ts'

/** Those that the reader may open. */
export const openTo = ({ actor }: SignedIn, pages: readonly Destination[]): readonly Destination[] =>
  pages.filter(({ permission }) => permits(actor, permission))

export const Destinations = ({ pages }: { readonly pages: readonly Destination[] }) => (
  <ul class="places">
    {pages.map(({ path, label }) => (
      <li key={path}>
        <h3>
          <a href={path}>{label}</a>
        </h3>
      </li>
    ))}
  </ul>
)

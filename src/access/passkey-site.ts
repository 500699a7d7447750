import { isIP } from 'node:net'
import type { Deps } from '../platform/context.ts'

/** What passkeys are bound to (WebAuthn §5.1.2): the name of the host, and where the pages come from. */
export interface PasskeySite {
  readonly rpID: string
  readonly origin: string
}

/** @returns null where browsers make no passkeys: on an address without a name, and without https but on localhost */
export const passkeySiteOf = ({ baseUrl }: Pick<Deps, 'baseUrl'>): PasskeySite | null => {
  const { hostname, origin, protocol } = new URL(baseUrl)
  const isSecure = protocol === 'https:' || hostname === 'localhost'
  if (!isSecure || isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0) return null
  return { rpID: hostname, origin }
}

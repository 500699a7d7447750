import ipaddr from 'ipaddr.js'

/**
 * Whom an address is counted as: an IPv4 address is itself, of IPv6 the first 64 bits, since whoever has one address of
 * such a network has 2⁶⁴ of them. Pure.
 */
export const networkOf = (address: string): string => {
  if (!address.includes(':') || !ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return `${parsed
    .toByteArray()
    .slice(0, 8)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')}/64`
}

import { lookup } from 'node:dns/promises'
import type { LookupAddress } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { second } from './clock.ts'

/** Asks for all addresses of a host, once. */
export type Resolve = (host: string) => Promise<LookupAddress[]>

interface Way {
  /** Allows plain http, other ports and loopback: for an installation on one machine. */
  readonly isLocal: boolean
  readonly resolve?: Resolve
}

const patience = 5 * second
const mostBytes = 4 * 1024

/**
 * Fetches a small text from an address that somebody outside has named, and lets itself be sent nowhere else: https on its
 * own port, a host whose every address is public, the connection to the very address that was checked (asked for once, so a
 * name that changes its mind changes nothing), no redirect, no credentials, at most 4 KiB in 5 s.
 * @returns null for everything that is not a plain 200 within these bounds; why is not told, since it would tell of networks
 */
export const fetchFromOutside = async (address: string, way: Way): Promise<string | null> => {
  const signal = AbortSignal.timeout(patience)
  try {
    const url = new URL(address)
    if (!isAllowed(url, way.isLocal)) return null
    const resolve = way.resolve ?? resolveAll
    const addresses = await Promise.race([addressesOf(url.hostname, resolve), endOf(signal)])
    if (addresses.length === 0) return null
    if (!addresses.every((one) => isReachable(one.address, way.isLocal))) return null
    return await get(url, addresses, signal)
  } catch {
    return null
  }
}

/** No addresses, when the time is over: a resolver cannot be interrupted. */
const endOf = (signal: AbortSignal): Promise<LookupAddress[]> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve([]), { once: true })
  })

const resolveAll: Resolve = (host) => lookup(host, { all: true, verbatim: true })

const isAllowed = ({ protocol, port, username, password }: URL, isLocal: boolean): boolean => {
  if (username !== '' || password !== '') return false
  return (protocol === 'https:' && port === '') || (isLocal && /^https?:$/.test(protocol))
}

/** `URL` has already read octal, decimal and hexadecimal forms of an address as what they are. */
const addressesOf = async (hostname: string, resolve: Resolve): Promise<LookupAddress[]> => {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(bare)
  return family === 0 ? resolve(bare) : [{ address: bare, family }]
}

const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3]

/** Public, and no way into another network: neither private, link-local or shared space, nor one IPv4 address inside another. */
const isReachable = (address: string, isLocal: boolean): boolean => {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  const range = parsed.range()
  if (range === 'loopback') return isLocal
  if (range !== 'unicast') return false
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(globalUnicast)
}

/** What Node asks for the host when it connects: the answer is given already. */
const pinnedTo =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_host, options, callback) => {
    const [first] = addresses
    if (options.all) callback(null, [...addresses])
    else callback(null, first?.address ?? '', first?.family)
  }

const get = (url: URL, addresses: readonly LookupAddress[], signal: AbortSignal): Promise<string | null> =>
  new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http
    const options = {
      signal,
      agent: false as const,
      lookup: pinnedTo(addresses),
      headers: { accept: 'text/plain' },
    }
    const asking = request(url, options, (answer) => {
      const chunks: Buffer[] = []
      let size = 0
      const give = (text: string | null) => {
        resolve(text)
        answer.destroy()
      }
      if (answer.statusCode !== 200) {
        give(null)
        return
      }
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > mostBytes) give(null)
        else chunks.push(chunk)
      })
      answer.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
      answer.on('error', reject)
    })
    asking.on('error', reject)
    asking.end()
  })

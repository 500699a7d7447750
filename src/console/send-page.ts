import type { FastifyReply } from 'fastify'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'

/**
 * Nothing is fetched from elsewhere, nothing runs, no frame shows the page. Unlike helmet's policy it asks for no
 * upgrade to https: on loopback there is none.
 */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
]

/** A script of ours may run, and ask this site alone. */
const scripted = ["script-src 'self'", "connect-src 'self'"]

interface Allowance {
  /** A script of ours runs on it. */
  readonly script?: boolean
  /** Its address is no secret: forms on it tell where they come from (`Origin`), to this site alone. */
  readonly tellsOrigin?: boolean
}

/** Sends a page that is for one reader: no cache keeps it, no search engine lists it, no other site learns its address. */
export const sendPage = (
  reply: FastifyReply,
  status: number,
  page: VNode,
  { script = false, tellsOrigin = false }: Allowance = {},
): FastifyReply =>
  reply
    .code(status)
    .headers({
      'content-security-policy': [...policy, ...(script ? scripted : [])].join('; '),
      'referrer-policy': tellsOrigin ? 'same-origin' : 'no-referrer',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
    })
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>${renderToString(page)}`)

/** The same for a page that opens without a session, forms on it included. */
export const sendOutside = (reply: FastifyReply, status: number, page: VNode): FastifyReply =>
  sendPage(reply, status, page, { tellsOrigin: true })

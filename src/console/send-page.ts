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
].join('; ')

/** Sends a page that is for one reader: no cache keeps it, no search engine lists it, no other site learns its address. */
export const sendPage = (reply: FastifyReply, status: number, page: VNode): FastifyReply =>
  reply
    .code(status)
    .headers({
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
    })
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>${renderToString(page)}`)

import etag from '@fastify/etag'
import type { FastifyInstance, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** The answer brought an ETag of its own. */
    hasOwnEtag: boolean
  }
}

/**
 * Every answer has an ETag, its own or one made from its text; a GET that knows it gets 304, and nothing else does: who
 * writes needs the answer. A refusal keeps only the ETag of the object (412): that of its own text would be sent back in
 * If-Match.
 */
export const addEtags = async (app: FastifyInstance): Promise<void> => {
  app.decorateRequest('hasOwnEtag', false)
  app.addHook('onSend', (request, reply, payload, done) => {
    request.hasOwnEtag = reply.hasHeader('etag')
    if (!isRead(request)) delete request.headers['if-none-match']
    done(null, payload)
  })
  await app.register(etag)
  app.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode >= 400 && !request.hasOwnEtag) reply.removeHeader('etag')
    done(null, payload)
  })
}

const isRead = ({ method }: FastifyRequest) => method === 'GET' || method === 'HEAD'

import type { FastifyRequest } from 'fastify'

/** RFC 8288: where the next page of this list stands. */
export const nextLink = (
  { nextCursor }: { nextCursor: string | null },
  request: FastifyRequest,
): Record<string, string> => {
  if (nextCursor === null) return {}
  const [path, query] = request.url.split('?', 2)
  const parameters = new URLSearchParams(query)
  parameters.set('cursor', nextCursor)
  return { link: `<${path ?? ''}?${parameters.toString()}>; rel="next"` }
}

import type { FastifyInstance } from 'fastify'
import { nextLink } from '../platform/http/pages.ts'
import { serve } from '../platform/http/serve.ts'
import type { Space } from './contract-space.ts'
import * as contract from './contract.ts'
import { getSpace } from './get-space.ts'
import { registerSpace } from './register-space.ts'
import { searchSpaces } from './search-spaces.ts'
import { updateSpace } from './update-space.ts'
import { spaceEtag } from './view.ts'

const etag = (space: Space) => ({ etag: spaceEtag(space) })

export const spacesRoutes = (app: FastifyInstance): void => {
  serve(app, contract.searchSpaces, (ctx, { query }) => searchSpaces(ctx, query), nextLink)
  serve(app, contract.getSpace, (ctx, { params }) => getSpace(ctx, params.spaceId), etag)
  serve(
    app,
    contract.registerSpace,
    (ctx, { body }) => registerSpace(ctx, body),
    (space) => ({ ...etag(space), location: `/v1/spaces/${space.id}` }),
  )
  serve(
    app,
    contract.updateSpace,
    (ctx, { params, body, ifMatch }) => updateSpace(ctx, params.spaceId, body, ifMatch),
    etag,
  )
}

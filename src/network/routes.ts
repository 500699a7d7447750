import type { FastifyInstance } from 'fastify'
import { nextLink } from '../platform/http/pages.ts'
import { serve } from '../platform/http/serve.ts'
import type { Space } from '../spaces/contract-space.ts'
import { spaceEtag } from '../spaces/view.ts'
import { admitApplication } from './admit-application.ts'
import * as standing from './contract-standing.ts'
import * as contract from './contract.ts'
import { getApplication } from './get-application.ts'
import { leaveNetwork } from './leave-network.ts'
import { listApplications } from './list-applications.ts'
import { proveApplication } from './prove-application.ts'
import { readmitSpace } from './readmit-space.ts'
import { rejectApplication } from './reject-application.ts'
import { submitApplication } from './submit-application.ts'
import { suspendSpace } from './suspend-space.ts'
import { vouchForApplication } from './vouch-for-application.ts'
import { withdrawApplication } from './withdraw-application.ts'

const etag = (space: Space) => ({ etag: spaceEtag(space) })

export const networkRoutes = (app: FastifyInstance): void => {
  serve(app, contract.submitApplication, (ctx, { body, request }) => submitApplication(ctx, body, request.ip))
  serve(app, contract.listApplications, (ctx, { query }) => listApplications(ctx, query), nextLink)
  serve(app, contract.getApplication, (ctx, { params }) => getApplication(ctx, params.applicationId))
  serve(app, contract.vouchForApplication, (ctx, { params }) =>
    vouchForApplication(ctx, params.applicationId),
  )
  serve(app, contract.admitApplication, (ctx, { params }) => admitApplication(ctx, params.applicationId))
  serve(app, contract.rejectApplication, (ctx, { params, body }) =>
    rejectApplication(ctx, params.applicationId, body.reason),
  )
  serve(app, contract.withdrawApplication, (ctx, { params }) =>
    withdrawApplication(ctx, params.applicationId),
  )
  serve(app, contract.proveApplication, (ctx, { params }) => proveApplication(ctx, params.applicationId))
  serve(
    app,
    standing.suspendSpace,
    (ctx, { params, body }) => suspendSpace(ctx, params.spaceId, body.reason),
    etag,
  )
  serve(app, standing.readmitSpace, (ctx, { params }) => readmitSpace(ctx, params.spaceId), etag)
  serve(app, standing.leaveNetwork, (ctx, { params }) => leaveNetwork(ctx, params.spaceId), etag)
}

import type { FastifyInstance } from 'fastify'
import { nextLink } from '../platform/http/pages.ts'
import { serve } from '../platform/http/serve.ts'
import type { Referral } from './contract-referral.ts'
import * as disputes from './contract-disputes.ts'
import * as contract from './contract.ts'
import { getReferral } from './get.ts'
import { listReferralEvents } from './list-events.ts'
import { listDisputes } from './list-disputes.ts'
import { listReferrals } from './list.ts'
import { resolveDispute } from './resolve.ts'
import { transitionsRoutes } from './routes-transitions.ts'
import { sendReferral } from './send.ts'
import { referralEtag } from './view.ts'

const etag = (referral: Referral) => ({ etag: referralEtag(referral) })

const disputesRoutes = (app: FastifyInstance): void => {
  serve(app, disputes.listDisputes, (ctx, { query }) => listDisputes(ctx, query), nextLink)
  serve(app, disputes.resolveDispute, (ctx, { params, body }) =>
    resolveDispute(ctx, params.referralId, body.decision, body.version),
  )
}

export const referralsRoutes = (app: FastifyInstance): void => {
  serve(
    app,
    contract.sendReferral,
    (ctx, { body }) => sendReferral(ctx, body),
    (referral) => ({ ...etag(referral), location: `/v1/referrals/${referral.id}` }),
  )
  serve(app, contract.listReferrals, (ctx, { query }) => listReferrals(ctx, query), nextLink)
  serve(app, contract.getReferral, (ctx, { params }) => getReferral(ctx, params.referralId), etag)
  serve(
    app,
    contract.listReferralEvents,
    (ctx, { params, query }) => listReferralEvents(ctx, params.referralId, query),
    nextLink,
  )
  transitionsRoutes(app)
  disputesRoutes(app)
}

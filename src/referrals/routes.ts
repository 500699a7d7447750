import type { FastifyInstance } from 'fastify'
import { nextLink } from '../platform/http/pages.ts'
import { serve } from '../platform/http/serve.ts'
import { acceptReferral } from './accept.ts'
import { closeReferral } from './close.ts'
import { confirmNotice } from './confirm-notice.ts'
import type { Referral } from './contract-referral.ts'
import * as contract from './contract.ts'
import { declineReferral } from './decline.ts'
import { getReferral } from './get.ts'
import { listReferralEvents } from './list-events.ts'
import { listReferrals } from './list.ts'
import { recordVisit } from './record-visit.ts'
import { sendReferral } from './send.ts'
import { startTrial } from './start-trial.ts'
import { submitReferral } from './submit.ts'
import { referralEtag } from './view.ts'
import { withdrawReferral } from './withdraw.ts'

const etag = (referral: Referral) => ({ etag: referralEtag(referral) })

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
  addTransitions(app)
}

const addTransitions = (app: FastifyInstance) => {
  serve(
    app,
    contract.submitReferral,
    (ctx, { params, ifMatch }) => submitReferral(ctx, params.referralId, ifMatch),
    etag,
  )
  serve(
    app,
    contract.confirmNotice,
    (ctx, { params, ifMatch }) => confirmNotice(ctx, params.referralId, ifMatch),
    etag,
  )
  serve(
    app,
    contract.acceptReferral,
    (ctx, { params, body, ifMatch }) => acceptReferral(ctx, params.referralId, body, ifMatch),
    etag,
  )
  serve(
    app,
    contract.declineReferral,
    (ctx, { params, body, ifMatch }) => declineReferral(ctx, params.referralId, body, ifMatch),
    etag,
  )
  serve(
    app,
    contract.withdrawReferral,
    (ctx, { params, ifMatch }) => withdrawReferral(ctx, params.referralId, ifMatch),
    etag,
  )
  serve(
    app,
    contract.recordVisit,
    (ctx, { params, body, ifMatch }) => recordVisit(ctx, params.referralId, body.on, ifMatch),
    etag,
  )
  serve(
    app,
    contract.startTrial,
    (ctx, { params, ifMatch }) => startTrial(ctx, params.referralId, ifMatch),
    etag,
  )
  serve(
    app,
    contract.closeReferral,
    (ctx, { params, body, ifMatch }) => closeReferral(ctx, params.referralId, body, ifMatch),
    etag,
  )
}

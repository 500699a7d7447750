import type { FastifyInstance } from 'fastify'
import { serve } from '../platform/http/serve.ts'
import { acceptReferral } from './accept.ts'
import { answerQuestion } from './answer.ts'
import { askQuestion } from './ask.ts'
import { claimStage } from './claim.ts'
import { closeReferral } from './close.ts'
import { confirmNotice } from './confirm-notice.ts'
import { declineReferral } from './decline.ts'
import { disputeOutcome } from './dispute.ts'
import { forwardReferral } from './forward.ts'
import { recordNoShow } from './record-no-show.ts'
import { recordVisit } from './record-visit.ts'
import { renewMemberLink } from './renew-member-link.ts'
import { reportLeft } from './report-left.ts'
import { confirmWithdrawal, requestWithdrawal } from './request-withdrawal.ts'
import { rescheduleVisit, scheduleVisit } from './schedule.ts'
import { startTrial } from './start-trial.ts'
import { submitReferral } from './submit.ts'
import { withdrawReferral } from './withdraw.ts'
import type { Referral } from './contract-referral.ts'
import * as contract from './contract-transitions.ts'
import { referralEtag } from './view.ts'

const etag = (referral: Referral) => ({ etag: referralEtag(referral) })

/** One route for each event of the table that a space may bring about. */
export const transitionsRoutes = (app: FastifyInstance): void => {
  addAnswers(app)
  addProgress(app)
  addEndings(app)
}

const addAnswers = (app: FastifyInstance) => {
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
    contract.renewMemberLink,
    (ctx, { params, ifMatch }) => renewMemberLink(ctx, params.referralId, ifMatch),
    etag,
  )
  serve(
    app,
    contract.askQuestion,
    (ctx, { params, body, ifMatch }) => askQuestion(ctx, params.referralId, body.question, ifMatch),
    etag,
  )
  serve(
    app,
    contract.answerQuestion,
    (ctx, { params, body, ifMatch }) => answerQuestion(ctx, params.referralId, body.answer, ifMatch),
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
}

const addProgress = (app: FastifyInstance) => {
  serve(
    app,
    contract.requestWithdrawal,
    (ctx, { params, ifMatch }) => requestWithdrawal(ctx, params.referralId, ifMatch),
    etag,
  )
  serve(
    app,
    contract.confirmWithdrawal,
    (ctx, { params, ifMatch }) => confirmWithdrawal(ctx, params.referralId, ifMatch),
    etag,
  )
  serve(
    app,
    contract.forwardReferral,
    (ctx, { params, body, ifMatch }) => forwardReferral(ctx, params.referralId, body, ifMatch),
    etag,
  )
  serve(
    app,
    contract.scheduleVisit,
    (ctx, { params, body, ifMatch }) => scheduleVisit(ctx, params.referralId, body.at, { ifMatch }),
    etag,
  )
  serve(
    app,
    contract.rescheduleVisit,
    (ctx, { params, body, ifMatch }) => rescheduleVisit(ctx, params.referralId, body.at, { ifMatch }),
    etag,
  )
  serve(
    app,
    contract.recordNoShow,
    (ctx, { params, ifMatch }) => recordNoShow(ctx, params.referralId, { ifMatch }),
    etag,
  )
  serve(
    app,
    contract.recordVisit,
    (ctx, { params, body, ifMatch }) => recordVisit(ctx, params.referralId, body.on, { ifMatch }),
    etag,
  )
  serve(
    app,
    contract.startTrial,
    (ctx, { params, ifMatch }) => startTrial(ctx, params.referralId, { ifMatch }),
    etag,
  )
}

const addEndings = (app: FastifyInstance) => {
  serve(
    app,
    contract.closeReferral,
    (ctx, { params, body, ifMatch }) => closeReferral(ctx, params.referralId, body, ifMatch),
    etag,
  )
  serve(
    app,
    contract.claimStage,
    (ctx, { params, body, ifMatch }) => claimStage(ctx, params.referralId, body.stage, { ifMatch }),
    etag,
  )
  serve(
    app,
    contract.reportLeft,
    (ctx, { params, ifMatch }) => reportLeft(ctx, params.referralId, { ifMatch }),
    etag,
  )
  serve(
    app,
    contract.disputeOutcome,
    (ctx, { params, body, ifMatch }) => disputeOutcome(ctx, params.referralId, body, ifMatch),
    etag,
  )
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import { problemOf } from '../platform/http/problems.ts'
import type { Problem, ProblemCode } from '../platform/errors.ts'
import { OutsidePage } from './outside-page.tsx'
import { home } from './return-path.ts'
import { sendPage } from './send-page.ts'

interface Words {
  readonly title: string
  readonly lead: string
}

const byCode: Partial<Record<ProblemCode, Words>> = {
  foreign_form: {
    title: 'That did not come from this page',
    lead: 'Nothing was changed. Go back, load the page again, and answer there.',
  },
  not_found: {
    title: 'There is nothing here',
    lead: 'It may have been taken away, or belong to a space that you do not act for.',
  },
  too_many_requests: {
    title: 'One moment, please',
    lead: 'That was too often in a short time. Try again in a few minutes.',
  },
  unavailable: {
    title: 'Waggle cannot answer just now',
    lead: 'Nothing was changed. Try again in a minute.',
  },
  internal_error: {
    title: 'Something went wrong on our side',
    lead: 'Nothing was changed. Try again in a minute.',
  },
}

const byStatus: Readonly<Record<number, string>> = {
  403: 'You may not do this',
  409: 'That is not possible as things stand',
}

const wordsOf = (problem: Problem): Words =>
  byCode[problem.code] ?? {
    title: byStatus[problem.status] ?? 'That did not work',
    lead: `${problem.message} Nothing was changed.`,
  }

/** Refuses on a page: what it means first, the request's id for whoever runs this below. */
export const refuseInside = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
  const problem = problemOf(error)
  if (problem.status >= 500)
    request.log.error({ err: problem.code === 'internal_error' ? error : problem.cause }, problem.code)
  const { title, lead } = wordsOf(problem)
  reply.headers(problem.extras.headers ?? {})
  return sendPage(
    reply,
    problem.status,
    <OutsidePage title={title} foot={`${problem.code}, ${request.id}`}>
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <p>
        <a href={home}>To the first page</a>
      </p>
    </OutsidePage>,
  )
}

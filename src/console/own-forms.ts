import type { FastifyRequest } from 'fastify'
import { notFound, Problem } from '../platform/errors.ts'
import { isId, type Id, type IdKind } from '../platform/ids.ts'
import { isSameSecret } from '../platform/same-secret.ts'

export type Fields = Readonly<Record<string, string>>

/** What a form sent, in its body or in the address; a field that came twice counts as absent. */
export const readFields = (sent: unknown): Fields =>
  Object.fromEntries(
    Object.entries((sent ?? {}) as Record<string, unknown>).filter(
      (field): field is [string, string] => typeof field[1] === 'string',
    ),
  )

export const fieldsOf = ({ body }: FastifyRequest): Fields => readFields(body)

/**
 * Refuses a form that another site has sent. Browsers say where a form comes from: the newer ones by `Sec-Fetch-Site`,
 * which no page can set, all of them by `Origin`.
 * @throws Problem `foreign_form`
 */
export const requireOwnSite = ({ headers }: FastifyRequest, baseUrl: string): void => {
  const site = headers['sec-fetch-site']
  const isOurs = site === undefined ? headers.origin === new URL(baseUrl).origin : site === 'same-origin'
  if (!isOurs) throw new Problem('foreign_form')
}

/** The second lock: what only a page of this very session carries. @throws Problem `foreign_form` */
export const requireFormToken = (fields: Fields, formToken: string): void => {
  if (!isSameSecret(fields['form'] ?? '', formToken)) throw new Problem('foreign_form')
}

/** An id that a form sent or an address holds. @throws Problem `not_found` for what is none */
export const idIn = <K extends IdKind>(kind: K, text: string | undefined): Id<K> => {
  if (text === undefined || !isId(kind, text)) throw notFound()
  return text
}

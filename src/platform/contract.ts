import { z } from 'zod'

/** What the contracts of all rooms share. Inputs are strict objects; answers are plain ones. */

const typeId = <P extends string>(prefix: P, name: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`))
    .max(prefix.length + 27)
    .meta({
      id: name,
      description: `The id of ${what}: TypeID over UUIDv7.`,
      examples: [exampleId(prefix)],
    }) as unknown as z.ZodType<`${P}_${string}`, `${P}_${string}`>

export const exampleId = <P extends string>(prefix: P): `${P}_${string}` =>
  `${prefix}_01kn3xq5wde7mvqrb2fj8s6t4a`

export const spaceId = typeId('spc', 'SpaceId', 'a space')
export const operatorId = typeId('opr', 'OperatorId', 'an operator')
export const clientId = typeId('cli', 'ClientId', 'an API client')
export const referralId = typeId('ref', 'ReferralId', 'a referral')
export const eventId = typeId('evt', 'EventId', 'an event')
export const entryId = typeId('ent', 'EntryId', 'a ledger entry')
export const applicationId = typeId('app', 'ApplicationId', 'an application')
export const auditId = typeId('aud', 'AuditId', 'a row of the audit log')

export const exampleMoment = '2026-11-20T09:30:00.000Z'
export const exampleDay = '2026-11-20'

export const moment = z.iso
  .datetime()
  .max(30)
  .meta({ id: 'Moment', description: 'A moment in UTC (RFC 3339).', examples: [exampleMoment] })

export const day = z.iso
  .date()
  .max(10)
  .meta({ id: 'Day', description: 'A calendar day (RFC 3339 full-date).', examples: [exampleDay] })

/** Text on one line: no control characters, not blank. */
export const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^(?!\s*$)\P{Cc}*$/u)

/** Text of several lines: no control characters but tabs and line ends. */
export const prose = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\P{Cc}\t\r\n]*$/u)

/** A set of choices that may grow: callers must accept values that they do not know. */
export const openEnum = (values: readonly [string, ...string[]]) =>
  z
    .string()
    .max(40)
    .meta({ 'x-extensible-enum': [...values], examples: [values[0]] })

export const countryCode = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .max(2)
  .meta({ description: 'ISO 3166-1 alpha-2.', examples: ['FR'] })

export const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)
  .max(35)
  .meta({ description: 'BCP 47 language tag.', examples: ['fr'] })

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .max(3)
  .meta({ description: 'ISO 4217.', examples: ['EUR'] })

/** A lower-case word that a list of choices is made of: `quiet_room`. */
export const code = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_]{0,39}$/)
  .max(40)

export const limit = z.int().min(1).max(100).default(50).meta({ description: 'How many to list at most.' })

export const cursor = z
  .string()
  .min(1)
  .max(500)
  .meta({ description: 'Where to go on: `nextCursor` of the page before.' })

export const pageOf = <T extends z.ZodType>(item: T, name: string) =>
  z
    .object({
      data: z.array(item).max(100),
      nextCursor: z.string().max(500).nullable().meta({ description: 'Null on the last page.' }),
    })
    .meta({ id: name })

/** RFC 9457, with a stable code and the faults of the input. */
export const problem = z
  .object({
    type: z.string().max(300),
    title: z.string().max(200),
    status: z.int().min(400).max(599),
    detail: z.string().max(2000),
    instance: z.string().max(2000),
    code: z.string().max(60),
    requestId: z.string().max(100),
    errors: z
      .array(z.object({ pointer: z.string().max(300), detail: z.string().max(500) }))
      .max(20)
      .exactOptional(),
  })
  .meta({ id: 'Problem' })

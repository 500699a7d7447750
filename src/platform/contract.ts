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
export const managerId = typeId('mgr', 'ManagerId', 'a person who acts for spaces')
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

/** Arabic to Sinhala, Burmese, Khmer and Mongolian, whose letters are joined or parted by a character without width; emoji. */
const joined = String.raw`\u0600-\u0DFF\u1000-\u109F\u1780-\u18AF\u2600-\u27BF\u2B00-\u2BFF\uFE0F\u{1F000}-\u{1FAFF}`

/** Controls, marks of direction, what has no width or looks like nothing: good for making one name look like another. */
const unseen = String.raw`\p{Cc}\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}`

/** The two joiners may stand where a script needs them, as in Persian and Hindi. */
const linePattern = new RegExp(
  // eslint-disable-next-line no-misleading-character-class -- the presentation of emoji is meant by itself
  String.raw`^(?!\s*$)(?:[^${unseen}]|(?<=[${joined}])[\u200C\u200D](?=[${joined}]))*$`,
  'u',
)

/** Marks and isolates of direction end with their paragraph; embeddings and overrides turn other words round. */
const prosePattern = /^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E]*$/u // eslint-disable-line no-control-regex -- they are what is refused

/** What a caller is told of text that does not fit: the pattern itself would help nobody. */
export const wordsForPattern: Readonly<Record<string, string>> = {
  [linePattern.source]: 'must be one line that is not blank, without invisible characters',
  [prosePattern.source]: 'must not hold control characters or ones that turn the direction of writing',
}

/** Text on one line, such as a name: not blank, and nothing in it that cannot be seen. */
export const line = (max: number) => z.string().min(1).max(max).regex(linePattern)

/** Text of several lines: no control characters but tabs and line ends, nothing that reorders what stands around it. */
export const prose = (max: number) => z.string().max(max).regex(prosePattern)

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

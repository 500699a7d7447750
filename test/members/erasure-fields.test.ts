import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import t from 'tap'
import type { ZodType } from 'zod'
import { idempotencyKeys } from '../../db/schema/access.ts'
import { auditLog, outbox } from '../../db/schema/events.ts'
import * as referralTables from '../../db/schema/referrals.ts'
import { toJsonSchema, type JsonSchema } from '../../src/platform/http/schemas.ts'
import type { Operation } from '../../src/platform/operation.ts'
import * as disputes from '../../src/referrals/contract-disputes.ts'
import * as transitions from '../../src/referrals/contract-transitions.ts'
import * as referrals from '../../src/referrals/contract.ts'
import { wordsByField } from './life.ts'

/** Text that is chosen or counted, and names nobody. */
const isChoice = ({ enum: choices, const: only, format, pattern, maxLength }: JsonSchema) =>
  choices !== undefined ||
  only !== undefined ||
  format === 'date' ||
  format === 'date-time' ||
  /^\^(spc|ref)_/.test(String(pattern)) ||
  // A currency, and the tag of a language.
  Number(maxLength) <= 3 ||
  String(pattern).startsWith('^[a-z]{2,3}(-')

const wordsIn = (schema: JsonSchema, components: ReadonlyMap<string, JsonSchema>, path = ''): string[] => {
  const { $ref, type, properties, items, anyOf, oneOf } = schema as JsonSchema & {
    properties?: Record<string, JsonSchema>
    items?: JsonSchema
  }
  if (typeof $ref === 'string') {
    const component = components.get($ref.replace(/#$/, '').split('/').at(-1) ?? '')
    if (!component) throw new Error(`There is no component ${$ref}`)
    return wordsIn(component, components, path)
  }
  const inside = [
    ...Object.entries(properties ?? {}).map(([name, one]) => [`${path}/${name}`, one] as const),
    ...(items ? [[`${path}/*`, items] as const] : []),
    ...[anyOf, oneOf].flatMap((choices) =>
      ((choices ?? []) as JsonSchema[]).map((one) => [path, one] as const),
    ),
  ]
  const own = type === 'string' && !isChoice(schema) ? [path] : []
  return [...own, ...inside.flatMap(([at, one]) => wordsIn(one, components, at))]
}

t.test(
  'every field in which somebody can write about a member has its mark in the story that is erased',
  (t) => {
    const operations = [referrals, transitions, disputes]
      .flatMap((contract) => Object.values(contract) as unknown[])
      .filter((one): one is Operation & { body: ZodType } =>
        Boolean(one && typeof one === 'object' && 'body' in one && 'id' in one),
      )
    t.ok(operations.length > 8)
    const found = operations.flatMap(({ id, body }) => {
      const components = new Map<string, JsonSchema>()
      return wordsIn(toJsonSchema(body, components), components).map((path) => `${id} ${path}`)
    })
    t.strictSame([...new Set(found)].sort(), Object.keys(wordsByField).sort())
    t.end()
  },
)

/** Columns of the tables about referrals that hold what was written about a member; the story marks each of them. */
const wordColumns = [
  'idempotency_keys.answer',
  'referral_texts.sealed',
  'referrals.external_ref',
  'referrals.needs',
]

/** And those that hold choices, counts, times, ids, hashes and names of our own making. */
const otherColumns = [
  'audit_log.action',
  'audit_log.actor_id',
  'audit_log.actor_kind',
  'audit_log.object_id',
  'audit_log.request_id',
  'idempotency_keys.caller_id',
  'idempotency_keys.fingerprint',
  'idempotency_keys.key',
  'links.link_hash',
  'outbox.data',
  'outbox.last_fault',
  'outbox.subject_id',
  'outbox.topic',
  'referral_events.event',
  'referral_events.from_status',
  'referral_events.reason',
  'referral_events.to_status',
  'referrals.claim',
  'referrals.consent_how',
  'referrals.decline_reason',
  'referrals.dispute',
  'referrals.final_outcome',
  'referrals.member_language',
  'referrals.next_due',
  'referrals.outcome',
  'referrals.outcome_reason',
  'referrals.person_hash',
  'referrals.phase',
  'referrals.status',
  'referrals.stay',
  'referrals.terms_kind',
  'referrals.trail',
  'referrals.warnings',
]

t.test('every column that could hold words about a member is known as one that does, or does not', (t) => {
  const tables = [
    referralTables.referrals,
    referralTables.referralTexts,
    referralTables.referralEvents,
    referralTables.links,
    idempotencyKeys,
    outbox,
    auditLog,
  ] as PgTable[]
  const columns = tables.flatMap((table) =>
    Object.values(getTableColumns(table))
      .filter((column) => /^(text|jsonb|bytea)/.test(column.getSQLType()) && !column.enumValues?.length)
      .map((column) => `${getTableName(table)}.${column.name}`),
  )
  t.strictSame(columns.sort(), [...wordColumns, ...otherColumns].sort())
  t.end()
})

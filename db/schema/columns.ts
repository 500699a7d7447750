import { customType } from 'drizzle-orm/pg-core'
import { toTypeId, toUuid, type Id, type IdKind } from '../../src/platform/ids.ts'

/** A uuid in the table, a TypeID in the code. */
export const typeId = <K extends IdKind>(kind: K) =>
  customType<{ data: Id<K>; driverData: string }>({
    dataType: () => 'uuid',
    toDriver: (id) => toUuid(id),
    fromDriver: (uuid) => toTypeId(kind, uuid),
  })

/** A moment, as RFC 3339 text in UTC. PostgreSQL's own text form is cut to shape: no Date is made on the way. */
export const moment = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp(3) with time zone',
  fromDriver: (text) => `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0')}Z`,
})

/** Sealed text: see `platform/sealing.ts`. */
export const sealed = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

/** Nave has applied; the steward and people of other spaces look at it. */
import type { Test } from 'tap'
import { testApp, type TestApp } from '../helpers/app.ts'
import { applyAndConfirm } from '../helpers/applying.ts'
import { signIn, type Browser } from '../helpers/browser.ts'
import { addManager } from '../helpers/managers.ts'
import { addSpace } from '../helpers/network.ts'

export const world = async (t: Test, installation = { vouchesToAdmit: 2 }) => {
  const test = await testApp(t, { installation })
  await addManager(test, 'steward', 'tomas@example.org')
  return { test, steward: await signIn(test, 'tomas@example.org'), ...(await applyAndConfirm(test)) }
}

/** Somebody of a space that is in the network. */
export const insider = async (
  test: TestApp,
  name: string,
  role: 'owner' | 'manager' | 'viewer' = 'owner',
) => {
  const spaceId = await addSpace(test, { name })
  const { email } = await addManager(test, { spaceId, role })
  return { spaceId, browser: await signIn(test, email) }
}

export const statusOf = async (test: TestApp) =>
  (await test.deps.db.pool.query<{ status: string }>('select status from applications order by id')).rows.map(
    ({ status }) => status,
  )

export type Form = 'admit' | 'reject' | 'vouch' | 'prove' | 'withdraw'

export const press = (browser: Browser, id: string, form: Form, fields: Record<string, string> = {}) =>
  browser.press(`/applications/${id}/${form}`, fields)

import { isIP } from 'node:net'
import { join } from 'node:path'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import type { SignInProvider } from './platform/installation.ts'
import { keyFile } from './platform/keys.ts'
import { makePolicy, policyFaults, policyFile, type Policy } from './platform/policy.ts'

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')

/** Addresses and networks, divided by commas: `10.0.0.5, fd00::/8`. */
const networks = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine(
    (all) => all.every((one) => isIP(one) !== 0 || (one.includes('/') && ipaddr.isValidCIDR(one))),
    'must be addresses or networks such as 10.0.0.5 or fd00::/8, divided by commas',
  )

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  WAGGLE_DATA_DIR: z.string().min(1).default('.waggle'),
  WAGGLE_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .regex(/[^/]$/, 'must not end with a slash')
    .optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
    .optional(),
  WAGGLE_MAIL_FROM: z.string().max(320).default('Waggle <waggle@localhost>'),
  WAGGLE_KEYS: z.string().optional(),
  WAGGLE_POLICY: z.string().optional(),
  WAGGLE_ADMISSION: z
    .string()
    .regex(/^(steward|[1-9]|10)$/, 'must be `steward` or a number of vouches from 1 to 10')
    .default('2'),
  WAGGLE_SIGN_IN_PROVIDER: z.string().optional(),
  WAGGLE_TRUSTED_PROXIES: networks.default([]),
})

const providerFile = z.strictObject({
  name: z.string().min(1).max(40),
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1).max(200),
  clientSecret: z.string().min(1).max(500),
})

export interface Config {
  readonly port: number
  readonly host: string
  /** Null = the embedded database. */
  readonly databaseUrl: string | null
  readonly databaseOwnerUrl: string | null
  readonly dataDir: string
  /** Null = `http://` and the address that the server listens on. */
  readonly baseUrl: string | null
  /** Null = mails go to a folder and the terminal. */
  readonly smtpUrl: string | null
  readonly mailFrom: string
  /** The keys as JSON text or `file:` path, not yet read. */
  readonly keys: string | null
  readonly policy: Policy
  /** Null = the steward alone admits. */
  readonly vouchesToAdmit: number | null
  readonly signInProvider: SignInProvider | null
  /** The reverse proxies before this server: what they say of a caller's address is believed. */
  readonly trustedProxies: readonly string[]
}

/** Thrown with every fault of the environment named at once. */
export class ConfigFault extends Error {}

/** The only reader of the environment. */
export const readConfig = (env: NodeJS.ProcessEnv = process.env): Config => {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(present)
  const faults = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
  if (parsed.success && parsed.data.DATABASE_OWNER_URL && !parsed.data.DATABASE_URL) {
    faults.push('DATABASE_OWNER_URL is set, but DATABASE_URL is not')
  }
  const policy = jsonIn(present['WAGGLE_POLICY'] ?? '{}')
  const providerText = present['WAGGLE_SIGN_IN_PROVIDER']
  const provider = providerText === undefined ? null : jsonIn(providerText)
  faults.push(...faultsOfPolicy(policy), ...faultsOfProvider(provider))
  if (!parsed.success || faults.length > 0)
    throw new ConfigFault(`The environment is not usable:\n  ${faults.join('\n  ')}`)
  const { data } = parsed
  return {
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL ?? null,
    databaseOwnerUrl: data.DATABASE_OWNER_URL ?? data.DATABASE_URL ?? null,
    dataDir: data.WAGGLE_DATA_DIR,
    baseUrl: data.WAGGLE_BASE_URL ?? null,
    smtpUrl: data.SMTP_URL ?? null,
    mailFrom: data.WAGGLE_MAIL_FROM,
    keys: data.WAGGLE_KEYS ?? null,
    policy: makePolicy(policyFile.parse(policy)),
    vouchesToAdmit: data.WAGGLE_ADMISSION === 'steward' ? null : Number(data.WAGGLE_ADMISSION),
    signInProvider: provider === null ? null : providerFile.parse(provider),
    trustedProxies: data.WAGGLE_TRUSTED_PROXIES,
  }
}

/** @returns undefined for what is not JSON */
const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const faultsOfPolicy = (value: unknown): string[] =>
  value === undefined
    ? ['WAGGLE_POLICY is not JSON. It holds spans in days, such as {"response": 7}']
    : policyFaults(value).map((fault) => `WAGGLE_POLICY ${fault}`)

const howToProvide =
  'WAGGLE_SIGN_IN_PROVIDER is JSON such as {"name": "Acme", "issuer": "https://id.acme.example", "clientId": "…", "clientSecret": "…"}'

/** Never quotes the setting, which holds a secret. */
const faultsOfProvider = (value: unknown): string[] => {
  if (value === null) return []
  const { error } = providerFile.safeParse(value)
  if (!error) return []
  return [
    ...error.issues.map(({ path }) => `WAGGLE_SIGN_IN_PROVIDER ${path.join('.')} is not usable`),
    howToProvide,
  ]
}

/** What the demo takes from the environment: where it listens and lives. It never touches a real database, key or mailbox. */
export const readDemoConfig = (env: NodeJS.ProcessEnv = process.env): Config => {
  const { PORT, HOST, WAGGLE_DATA_DIR } = env
  const config = readConfig({ PORT, HOST, WAGGLE_DATA_DIR })
  return { ...config, dataDir: join(config.dataDir, 'demo') }
}

/** @throws ConfigFault that names what is wrong, never the key itself */
export const parseKeys = (text: string) => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ConfigFault('WAGGLE_KEYS is not JSON. Make new keys with: npm run waggle -- make-keys')
  }
  const parsed = keyFile.safeParse(value)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
  throw new ConfigFault(`WAGGLE_KEYS is not usable:\n  ${faults.join('\n  ')}`)
}

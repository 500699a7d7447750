import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'

/** What an authenticator answers, as JSON in a form field: its shape alone, its truth is verified. */

const text = (max: number) => z.base64url().min(1).max(max)

const common = { id: text(1_400), rawId: text(1_400), type: z.literal('public-key') }

const registration = z.object({
  ...common,
  response: z.object({
    clientDataJSON: text(4_000),
    attestationObject: text(20_000),
    transports: z.array(z.string().max(20)).max(10).exactOptional(),
  }),
})

const authentication = z.object({
  ...common,
  response: z.object({
    clientDataJSON: text(4_000),
    authenticatorData: text(4_000),
    signature: text(8_000),
    userHandle: z.base64url().max(100).exactOptional(),
  }),
})

const parsed = <T>(schema: z.ZodType<T>, json: string): T | null => {
  try {
    return schema.safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}

/** @returns null for what is no answer to a registration */
export const registrationIn = (json: string): RegistrationResponseJSON | null => {
  const found = parsed(registration, json)
  return found && { ...found, clientExtensionResults: {} }
}

/** @returns null for what is no answer to a sign-in */
export const authenticationIn = (json: string): AuthenticationResponseJSON | null => {
  const found = parsed(authentication, json)
  return found && { ...found, clientExtensionResults: {} }
}

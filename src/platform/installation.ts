/** A provider of OpenID Connect at which managers may sign in. */
export interface SignInProvider {
  /** What the button says: `Sign in with …`. */
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
}

/** How this running Waggle is set up, beside its periods. */
export interface Installation {
  /** As many vouches take a space in, on probation; null = the steward alone does. */
  readonly vouchesToAdmit: number | null
  readonly signInProvider: SignInProvider | null
  /** On the embedded database: plain http and receivers on loopback are allowed there alone. */
  readonly isLocal: boolean
}

export const standardInstallation: Installation = { vouchesToAdmit: 2, signInProvider: null, isLocal: false }

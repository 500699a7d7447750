/** How much there is, and how long each thing is measured. */
export interface Size {
  readonly spaces: number
  readonly referrals: number
  readonly rounds: number
  /** Seconds that one variant runs in one round. */
  readonly seconds: number
  readonly warmUpSeconds: number
}

export const usual: Size = {
  spaces: 50_000,
  referrals: 200_000,
  rounds: 5,
  seconds: 1,
  warmUpSeconds: 1,
}

/** For a look in between: a fifth of the data, two short rounds. */
export const quick: Size = {
  spaces: 10_000,
  referrals: 40_000,
  rounds: 2,
  seconds: 0.5,
  warmUpSeconds: 0.5,
}

/** Connections of the load, for every variant alike. */
export const connections = 8

/** The first so many spaces have a client: requests come from them in turn, so that they do not wait for each other. */
export const callers = 64

/** So many of the pending referrals can be accepted: their words are there, sealed. */
export const acceptable = ({ referrals }: Size): number => Math.min(20_000, referrals / 4)

/** With `--large`: the pages that a search reads are counted again among so many spaces. */
export const manySpaces = 500_000

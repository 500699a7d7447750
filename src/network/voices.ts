/** A space that vouches, and by whom it is bound to others. */
export interface Voice {
  readonly id: string
  /** Null for a space without one. */
  readonly operatorId: string | null
  /** The people who own it. */
  readonly owners: readonly string[]
  /** When it vouched, RFC 3339. */
  readonly at: string
}

/** Whether one operator, or one owner, speaks in both. Pure. */
export const areBound = (one: Voice, other: Voice): boolean =>
  (one.operatorId !== null && one.operatorId === other.operatorId) ||
  one.owners.some((owner) => other.owners.includes(owner))

/** Those that count, the earliest first: a later one that is bound to one of them says nothing of its own. Pure. */
export const independent = (voices: readonly Voice[]): readonly Voice[] =>
  [...voices]
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .reduce<Voice[]>(
      (heard, voice) => (heard.some((before) => areBound(before, voice)) ? heard : [...heard, voice]),
      [],
    )

import { setTimeout as delay } from 'node:timers/promises'

/** Asks again and again until `holds`, and fails when it does not within `limitMs`. */
export const until = async (holds: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> => {
  const deadline = AbortSignal.timeout(limitMs)
  while (!(await holds())) {
    deadline.throwIfAborted()
    await delay(20)
  }
}

/** How many are on their way at once: more than a few for each core of the database brings nothing. */
const lanes = 8

/** Does `work` for every item, begun in their order, several at a time. */
export const sideBySide = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  const left = items.values()
  const lane = async () => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

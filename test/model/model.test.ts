import t from 'tap'
import { openCluster } from '../helpers/cluster.ts'
import { openHouse } from './house.ts'
import { runSeed } from './run-seed.ts'

// A busy machine takes longer than tap waits by itself.
t.setTimeout(600_000)

const seeds = 60

t.test(
  `${seeds} random stories of a network come out as the model of the rules says`,
  { timeout: 600_000 },
  async (t) => {
    const house = await openHouse(await openCluster(t))
    t.teardown(() => house.close())
    for (let seed = 1; seed <= seeds; seed += 1) {
      const { failure } = await runSeed(house, seed)
      t.equal(failure, null, `seed ${seed}`)
      if (failure !== null) break
    }
  },
)

import t from 'tap'
import { openCluster } from '../helpers/cluster.ts'
import { openHouse } from './house.ts'
import { races, resultOf, runRace } from './races.ts'

// A busy machine takes longer than tap waits by itself.
t.setTimeout(600_000)

const house = await openHouse(await openCluster(t))
t.teardown(() => house.close())

for (const race of races) {
  t.test(
    `${race.name}, 50 times at once: as if one had come first, and every point is accounted for`,
    async (t) => {
      const won = await runRace(house, race, 50)
      t.equal(won[0] + won[1], 50, resultOf(race, won))
    },
  )
}

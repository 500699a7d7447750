import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { loadPlan, stepsOf } from '../../db/demo/load.ts'
import { makePlan } from '../../db/demo/plan.ts'
import { readDemoConfig, type Config } from '../config.ts'
import { second } from '../platform/clock.ts'
import { openDemoFolder } from './demo-folder.ts'
import { showProgress } from './demo-progress.ts'
import { tellStory } from './demo-story.ts'
import { freePort } from './free-port.ts'
import { openRuntime, type Runtime } from './runtime.ts'
import { listen } from './serve.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/**
 * A network to look at, on a database of its own that is made anew each time: loads eighteen months of history, tells
 * one referral from beginning to end through the API, and stays up.
 */
export const demo = async ({ exit = false }: { exit?: boolean }): Promise<void> => {
  const asked = readDemoConfig()
  const port = await freePort(asked.host, exit ? 0 : asked.port)
  const config = { ...asked, port, dataDir: await openDemoFolder(asked.dataDir, say) }
  const runtime = await openRuntime(config, { holder: 'demo', commandName: 'demo', log: say })
  // Now the folder is ours alone: the mails in it are those of an earlier demo.
  await rm(join(config.dataDir, 'mail'), { recursive: true, force: true })
  const network = await load(runtime).catch(async (error: unknown) => {
    await runtime.close()
    throw error
  })
  await tellAndStay(config, runtime, { ...network, exit })
}

type Network = Awaited<ReturnType<typeof load>>

const load = async ({ deps }: Runtime) => {
  // What the next demo makes anew need not be safe on disk at once.
  deps.db.pool.on('connect', (client) => void client.query('set synchronous_commit = off'))
  const plan = makePlan()
  const begun = deps.clock.now()
  const progress = showProgress(process.stderr, stepsOf(plan))
  const loaded = await loadPlan(deps, plan, progress.step)
  progress.end()
  const spaces = plan.spaces.filter(({ isClaimed }) => isClaimed)
  const cities = new Set(spaces.map(({ city }) => city.name))
  const seconds = ((deps.clock.now() - begun) / second).toFixed(1)
  say('')
  say(
    `DEMO: ${String(spaces.length)} spaces in ${String(cities.size)} cities, ` +
      `${String(plan.referrals.length)} referrals in 18 months, loaded in ${seconds} s. All of it is made up.`,
  )
  return { loaded }
}

const tellAndStay = async (
  config: Config,
  runtime: Runtime,
  { loaded, exit }: Network & { exit: boolean },
) => {
  const mails: string[] = []
  let isTold = false
  const listening = await listen(config, runtime, {
    logLevel: 'warn',
    onMail: ({ line, url }) => {
      if (!isTold) mails.push(fromHere(line))
      // Somebody tries the demo in a browser: the reader's mailbox is this terminal.
      else say(`  ${fromHere(line)}${url === null ? '' : `\n    ${url}`}`)
    },
  })
  try {
    const stage = { deps: runtime.deps, mail: listening.mail, mails, loaded, say }
    const { holds, invitation } = await tellStory(stage)
    if (!holds) process.exitCode = 1
    say('')
    say(
      exit
        ? 'Without --exit the demo would stay up now:'
        : 'The demo stays up until Ctrl-C; the next one begins anew.',
    )
    for (const line of invitation) say(`  ${line}`)
    isTold = true
  } catch (error) {
    await listening.close()
    throw error
  }
  if (exit) await listening.close()
}

/** A path below the folder that the person stands in is told from there. */
const fromHere = (line: string) => line.replace(`${process.cwd()}/`, '')

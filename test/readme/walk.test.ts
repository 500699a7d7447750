import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import t from 'tap'
import { makeTempFolder } from '../helpers/temp-folder.ts'

const run = promisify(execFile)

/** The mails in a folder, once there are as many as expected; the outbox is looked into every second. */
const mailsIn = async (folder: string, expected: number): Promise<string[]> => {
  const deadline = AbortSignal.timeout(20_000)
  for (;;) {
    const files = await readdir(folder).catch(() => [])
    if (files.length >= expected)
      return Promise.all(files.map((file) => readFile(`${folder}/${file}`, 'utf8')))
    deadline.throwIfAborted()
    await delay(50)
  }
}

/** The block of the README between two marks. */
const block = async (mark: string): Promise<string> => {
  const readme = await readFile('README.md', 'utf8')
  const found = new RegExp(
    `<!-- ${mark} -->\\s+\`\`\`(?:bash)?\\n([\\s\\S]*?)\`\`\`\\s+<!-- /${mark} -->`,
  ).exec(readme)
  if (!found?.[1]) throw new Error(`The README has no block ${mark}`)
  return found[1]
}

t.test(
  'the walk that the README shows ends with 100 and −100, and the introduction lies in the folder',
  async (t) => {
    const folder = await makeTempFolder(t)
    const main = `${process.cwd()}/build/src/main.js`
    const env = { PATH: process.env['PATH'], WAGGLE_DATA_DIR: folder, PORT: '0', HOME: folder }
    const server = spawn(process.execPath, [main, 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    t.teardown(async () => {
      server.kill('SIGTERM')
      await once(server, 'exit')
    })
    let base = ''
    for await (const line of createInterface({ input: server.stderr })) {
      base = /Waggle is at (http:\S+?),/.exec(line)?.[1] ?? ''
      if (base) break
    }
    server.stderr.resume()
    t.match(base, /^http:/)
    const script = (await block('walk'))
      .replace('http://127.0.0.1:8080', base)
      .replaceAll('npm run -s waggle --', `${process.execPath} ${main}`)
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], { env, cwd: folder })
    t.equal(stdout, 'accepted\nvisited\ntrial\nclosed\n100\n-100\n')
    const mails = await mailsIn(`${folder}/mail`, 2)
    t.ok(
      mails.some((mail) => /^Subject: Introduction/m.test(mail)),
      'the introduction',
    )
  },
)

import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Why tests in a browser are left out here; false where they run. */
export const noChromium = existsSync(executablePath)
  ? false
  : `there is no browser at ${executablePath}; CHROMIUM names another`

/** A real browser without a window. It looks for nothing outside of this machine. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

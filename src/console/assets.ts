import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { notFound } from '../platform/errors.ts'

/** Where pages find their stylesheet. */
export const stylesheetPath = '/assets/console.css'

/** The voices of the pages: their rules come with their packages, files and all, for every script they can write. */
const fontRules = [
  '@fontsource-variable/piazzolla/opsz.css',
  '@fontsource/alegreya-sans/400.css',
  '@fontsource/alegreya-sans/500.css',
  '@fontsource/alegreya-sans/700.css',
]

/** Where pages on which passkeys are used find their script. */
export const passkeyScriptPath = '/assets/passkeys.js'

/** Style and script stand beside the sources; the built file lies one folder deeper. */
const own = (name: string) =>
  fileURLToPath(
    new URL(
      import.meta.url.includes('/build/') ? `../../../src/console/assets/${name}` : `./assets/${name}`,
      import.meta.url,
    ),
  )

/** The library as its package ships it for browsers, and ours after it. */
const loadPasskeyScript = (): string => {
  const library = new URL('../dist/bundle/index.umd.min.js', import.meta.resolve('@simplewebauthn/browser'))
  return [fileURLToPath(library), own('passkeys.js')].map((path) => readFileSync(path, 'utf8')).join('\n')
}

interface Assets {
  readonly css: string
  /** Paths of the font files by name. */
  readonly fonts: ReadonlyMap<string, string>
}

/** One stylesheet from those of the fonts and our own, and the font files that it names. */
const loadAssets = (): Assets => {
  const fonts = new Map<string, string>()
  const rules = fontRules.map((name) => {
    const address = import.meta.resolve(name)
    return readFileSync(fileURLToPath(address), 'utf8').replaceAll(
      /url\(([^)]+)\)/g,
      (_match, file: string) => {
        fonts.set(basename(file), fileURLToPath(new URL(file, address)))
        return `url(/assets/fonts/${basename(file)})`
      },
    )
  })
  return { css: [...rules, readFileSync(own('console.css'), 'utf8')].join('\n'), fonts }
}

/** Stylesheet, script and fonts, from this house alone: nothing is fetched from elsewhere, so nobody else learns who reads. */
export const addAssets = (app: FastifyInstance): void => {
  const { css, fonts } = loadAssets()
  app.get(stylesheetPath, { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=600').send(css),
  )
  const script = loadPasskeyScript()
  app.get(passkeyScriptPath, { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=600').send(script),
  )
  app.get<{ Params: { file: string } }>(
    '/assets/fonts/:file',
    { schema: { hide: true } },
    async ({ params }, reply) => {
      const path = fonts.get(params.file)
      if (path === undefined) throw notFound()
      const type = path.endsWith('2') ? 'font/woff2' : 'font/woff'
      return reply
        .type(type)
        .header('cache-control', 'public, max-age=2592000')
        .send(await readFile(path))
    },
  )
}

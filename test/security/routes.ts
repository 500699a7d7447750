import type { TestApp } from '../helpers/app.ts'

interface Route {
  readonly method: string
  readonly path: string
}

/** Every route that the app serves, read from the tree that its router prints: a new one cannot escape. */
export const routesOf = ({ app }: Pick<TestApp, 'app'>): Route[] => {
  const above: string[] = []
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const found = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line)
      if (!found) return []
      const [, indent = '', part = '', methods = ''] = found
      const depth = indent.length / 4
      above.splice(depth, above.length, part)
      const path = above.join('')
      return methods
        .split(', ')
        .filter((method) => method !== '')
        .map((method) => ({ method, path }))
    })
}

/** With something in place of each parameter that no link and no object has. */
export const filledIn = (path: string) => path.replaceAll(/:\w+/g, 'A'.repeat(22))

/** Served to browsers: pages and their forms, not the API. */
export const isPage = ({ path }: Route) =>
  !/^\/(?:v1|oauth|\.well-known|docs|assets|problems|livez|readyz|metrics|openapi\.json)(?:[/.]|$)/.test(path)

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import type { Test } from 'tap'
import type { SignInProvider } from '../../src/platform/installation.ts'
import { baseUrl } from './app.ts'

interface Account {
  readonly email?: string
  readonly email_verified?: boolean
}

/** A provider of OpenID Connect on this machine, at which everybody is `account`. */
interface TestProvider {
  readonly config: SignInProvider
  account: Account
  /** The paths that it was asked for. */
  readonly asked: string[]
  /** Signs in there as a browser would. @returns where it sends the browser back to: path and query */
  visit(url: string): Promise<string>
}

const [clientId, clientSecret] = ['waggle', 'secret-of-the-test']

export const openProvider = async (t: Test): Promise<TestProvider> => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const test: TestProvider = {
    config: { name: 'Acme', issuer, clientId, clientSecret },
    account: { email: 'ines@example.org', email_verified: true },
    asked: [],
    visit: (url) => follow(url),
  }
  const provider = new Provider(issuer, configurationOf(test))
  const answer = provider.callback()
  server.on('request', (request, response) => {
    test.asked.push(request.url?.split('?')[0] ?? '')
    if (request.url?.startsWith('/interaction/'))
      void provider.interactionFinished(request, response, { login: { accountId: 'somebody' } })
    else answer(request, response)
  })
  return test
}

const configurationOf = (test: TestProvider) => ({
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [`${baseUrl}/sign-in/provider/return`],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  cookies: { keys: ['a key of the test'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
  findAccount: (_ctx: unknown, sub: string) => ({
    accountId: sub,
    claims: () => ({ sub, ...test.account }),
  }),
  loadExistingGrant: async ({ oidc }: { oidc: Visiting }) => {
    const grant = new oidc.provider.Grant({
      clientId: oidc.client.clientId,
      accountId: oidc.session.accountId,
    })
    grant.addOIDCScope('openid email')
    await grant.save()
    return grant
  },
})

interface Visiting {
  readonly provider: Provider
  readonly client: { readonly clientId: string }
  readonly session: { readonly accountId: string }
}

const follow = async (first: string): Promise<string> => {
  const cookies = new Map<string, string>()
  for (let url = new URL(first); ;) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location === null) throw new Error(`The provider says ${String(answer.status)}`)
    url = new URL(location, url)
    if (url.origin === baseUrl) return url.pathname + url.search
  }
}

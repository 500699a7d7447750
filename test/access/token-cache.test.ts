import t from 'tap'
import { makeTokenCache } from '../../src/access/token-cache.ts'
import type { Actor } from '../../src/platform/context.ts'

const actor: Actor = { kind: 'steward', id: 'x' }
const entry = { actor, until: 100, epoch: 1 }

t.test('the token cache', async (t) => {
  t.test('holds no more than its capacity, and lets go of what was unused for longest', async (t) => {
    const cache = makeTokenCache(2)
    cache.keep('a', entry)
    cache.keep('b', entry)
    t.equal(cache.find('a', 0, 1), actor)
    cache.keep('c', entry)
    t.equal(cache.find('b', 0, 1), undefined)
    t.equal(cache.find('a', 0, 1), actor)
    t.equal(cache.find('c', 0, 1), actor)
  })

  t.test('forgets a token at its end, and after any revocation', async (t) => {
    const cache = makeTokenCache(2)
    cache.keep('a', entry)
    t.equal(cache.find('a', 99, 1), actor)
    t.equal(cache.find('a', 100, 1), undefined)
    cache.keep('a', entry)
    t.equal(cache.find('a', 0, 2), undefined)
    t.equal(cache.find('a', 0, 1), undefined, 'once out of date, always')
  })
})

import t from 'tap'
import { networkOf } from '../../src/platform/addresses.ts'

t.test('an IPv4 address counts for itself in all its spellings, an IPv6 one by its first 64 bits', (t) => {
  t.equal(networkOf('192.0.2.7'), '192.0.2.7')
  t.equal(networkOf('::ffff:192.0.2.7'), '192.0.2.7')
  const whole = networkOf('2001:db8:1:2::1')
  for (const same of ['2001:0DB8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2:0:0:0:0'])
    t.equal(networkOf(same), whole)
  t.not(networkOf('2001:db8:1:3::1'), whole)
  for (const other of ['', 'unknown', 'fe80::1%eth0:x', 'ada@example.org', 'app:1'])
    t.equal(networkOf(other), other)
  t.end()
})

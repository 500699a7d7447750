import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'

/** What may stand in the code nowhere, or in the files that are named alone. */
const rules: readonly (readonly [what: string, pattern: RegExp, allowed?: readonly string[]])[] = [
  ['text that becomes code', /\beval\(|\bnew Function\(|node:vm/],
  ['a shell', /shell: true|import \{[^}]*\bexec(?:Sync)?\b[^}]*\} from 'node:child_process'/],
  [
    'other programs, which the embedded database alone starts, by lists of arguments',
    /node:child_process/,
    ['binaries', 'cluster', 'folder', 'postmaster', 'process-table'].map(
      (name) => `src/platform/database/embedded/${name}.ts`,
    ),
  ],
  // The style of mails, written in the file itself.
  [
    'markup that is not escaped',
    /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write/,
    ['src/events/letter.tsx'],
  ],
  ['certificates taken unchecked', /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity/],
  // Where a sweep begins among what is due: no secret.
  ['chance that can be guessed', /Math\.random/, ['src/referrals/sweep.ts']],
  ['another hash than SHA-256', /create(?:Hash|Hmac)\((?!'sha256')|\bmd5\b|\bsha1\b/i],
  ['another cipher than AES-256-GCM', /create(?:Cipher|Decipher)iv\((?!'aes-256-gcm')/],
  [
    'what a browser keeps beside cookies, and messages between pages',
    /localStorage|sessionStorage|indexedDB|postMessage/,
  ],
  ['XML', /DOMParser|xml2js|fast-xml|libxml/],
]

const files = ['src', 'db/schema']
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((path) => join(folder, String(path))))
  .filter((path) => /\.(?:tsx?|js)$/.test(path))
  .map((path) => [path, readFileSync(path, 'utf8')] as const)

t.test('what opens doors stands nowhere in the code, or where it must', (t) => {
  t.ok(files.length > 300)
  for (const [what, pattern, allowed = []] of rules) {
    const found = files.flatMap(([path, text]) => (pattern.test(text) ? [path] : []))
    t.strictSame(found.sort(), [...allowed].sort(), what)
  }
  t.end()
})

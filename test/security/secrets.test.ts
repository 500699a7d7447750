import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import ts from 'typescript'

const home = 'src/platform/same-secret.ts'

/** What a secret, or what stands for one, is called; the last word of a name decides: `secretHash`, `formToken`, `macOf()`. */
const secretWords =
  /^(?:secrets?|tokens?|hash(?:es)?|hmac|macs?|signatures?|digests?|nonces?|verifiers?|challenges?|passwords?|credentials?|assertions?|sha256)$/

/** Beside the operators: what compares, or searches, text and bytes. */
const comparing = new Set([
  'equals',
  'compare',
  'localeCompare',
  'includes',
  'indexOf',
  'startsWith',
  'endsWith',
])

/** Comparisons of what is named like a secret and is none: where, what, and why. */
const noSecrets: Readonly<Record<string, string>> = {
  'src/platform/database/embedded/lock.ts: current?.nonce === dead.nonce':
    'tells two holders of a lock file apart, in a folder that the owner alone reads',
  'src/platform/database/embedded/hold.ts: now?.nonce === holder.nonce': 'the same lock file',
  "src/network/application-link.ts: bytes.toString('base64url') !== token":
    'holds what came against another spelling of itself: nothing of ours is in it',
  "src/access/manager-invitation.ts: bytes.toString('base64url') !== token": 'the same',
  'src/importing/arrivals.ts: space.importHash === hashOf(profile)': 'tells whether an imported row changed',
}

const wordsIn = (name: string) =>
  name
    .replace(/(?:Of|In|For)$/, '')
    .split(/(?=[A-Z])|_/)
    .map((word) => word.toLowerCase())

const isSecretName = (name: string) => secretWords.test(wordsIn(name).at(-1) ?? '') || /sha256$/i.test(name)

/** What an expression is about: `row.tokenHash.toString('hex')` names row, tokenHash and toString. */
const namesIn = (node: ts.Expression): string[] => {
  if (ts.isIdentifier(node)) return [node.text]
  if (ts.isPropertyAccessExpression(node))
    return /^(?:length|size|kind)$/.test(node.name.text) ? [] : [...namesIn(node.expression), node.name.text]
  if (ts.isElementAccessExpression(node)) {
    const { argumentExpression: key } = node
    return [...namesIn(node.expression), ...(ts.isStringLiteral(key) ? [key.text] : [])]
  }
  if (ts.isCallExpression(node)) return namesIn(node.expression)
  if (ts.isBinaryExpression(node)) return [...namesIn(node.left), ...namesIn(node.right)]
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isAwaitExpression(node)
  )
    return namesIn(node.expression)
  if (ts.isTemplateExpression(node)) return node.templateSpans.flatMap((span) => namesIn(span.expression))
  return []
}

const isAboutSecret = (node: ts.Expression) => namesIn(node).some(isSecretName)

/** Written in the code for all to read: no secret is found out by it. */
const isWritten = (node: ts.Expression): boolean =>
  ts.isStringLiteralLike(node) ||
  ts.isNumericLiteral(node) ||
  ts.isRegularExpressionLiteral(node) ||
  [ts.SyntaxKind.NullKeyword, ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword].includes(node.kind) ||
  (ts.isIdentifier(node) && (node.text === 'undefined' || /prefix$/i.test(node.text)))

const operators = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
])

/** The sides of a comparison, however it is written; none for what compares nothing. */
const sidesOf = (node: ts.Node): readonly ts.Expression[] => {
  if (ts.isBinaryExpression(node) && operators.has(node.operatorToken.kind)) return [node.left, node.right]
  if (!ts.isCallExpression(node)) return []
  const { expression: callee, arguments: given } = node
  if (ts.isIdentifier(callee)) return callee.text === 'timingSafeEqual' ? given : []
  if (!ts.isPropertyAccessExpression(callee) || !comparing.has(callee.name.text)) return []
  return [...(namesIn(callee.expression).join() === 'Buffer' ? [] : [callee.expression]), ...given]
}

const reading = {
  languageVersion: ts.ScriptTarget.Latest,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
}

/** @returns each comparison of a secret, as it stands there */
const comparisonsIn = (text: string, isPage = false): string[] => {
  const kind = isPage ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const source = ts.createSourceFile('x', text, reading, false, kind)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const sides = sidesOf(node)
    if (sides.length > 1 && sides.some(isAboutSecret) && !sides.some(isWritten))
      found.push(node.getText(source))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

t.test('secrets are compared in constant time alone, in one place of the house', (t) => {
  const files = ['src', 'tools', 'docker']
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((path) => join(folder, String(path))))
    .filter((path) => /\.(?:tsx?|js)$/.test(path) && path !== home && !path.includes('node_modules'))
  t.ok(files.length > 300)
  const found = files.flatMap((path) =>
    comparisonsIn(readFileSync(path, 'utf8'), path.endsWith('x')).map((text) => `${path}: ${text}`),
  )
  t.strictSame(found.sort(), Object.keys(noSecrets).sort())
  t.end()
})

t.test('the search knows a hasty comparison when it sees one, and leaves the others alone', (t) => {
  for (const hasty of [
    'token === given',
    'if (row.secretHash !== sha256(text)) throw 1',
    `fields['secret'] == right`,
    'link.browserHash.equals(theirs)',
    'Buffer.compare(mac, theirs) === 0',
    'mine === (await signatureOf(text))!',
    'row.tokenHash.toString("hex") === given',
    'timingSafeEqual(mac, other)',
    'known.includes(clientSecret)',
    '`sha256=${digest}` === header',
  ])
    t.equal(comparisonsIn(hasty).length, 1, hasty)
  for (const fine of [
    'isSameSecret(mac, other)',
    'token === undefined',
    `kind === 'token'`,
    'tokens.length === most',
    'space.id === other.id',
    'token.startsWith(personalTokenPrefix)',
    'typeof token === "string"',
  ])
    t.strictSame(comparisonsIn(fine), [], fine)
  t.end()
})

import { readFileSync } from 'node:fs'
import { redocly } from './tool.js'

/**
 * The changes from one contract to the next that can break a client, one sentence each.
 * Redocly's comparison knows requests from answers; what it does not see is added here: a value that an answer or an
 * open enum (`x-extensible-enum`) no longer has leaves a client waiting for it.
 * @param {string} basePath the older contract's file
 * @param {string} revisionPath the newer contract's file
 * @returns {string[]} `<rule> <what> at <place>`, sorted, none twice
 * @throws {Error} when a file is not an OpenAPI document
 */
export function breakingChanges(basePath, revisionPath) {
  const { stdout, stderr } = redocly(['diff', basePath, revisionPath, '--format', 'json'])
  const { changes } = parseReport(stdout, stderr)
  const broken = changes.flatMap(({ path, verdicts }) =>
    verdicts
      .filter(({ impact }) => impact === 'major')
      .map(({ ruleId, message }) => `${ruleId}: ${message} at ${path}`),
  )
  const lost = changes.filter(({ verdicts }) => verdicts.length === 0).flatMap(lostAnswerValues)
  const open = lostOpenValues(readJson(basePath), readJson(revisionPath), '#')
  return [...new Set([...broken, ...lost, ...open])].sort()
}

/**
 * True when the newer version number announces a break: a higher major, or while that is 0 a higher minor (semver §4).
 */
export function announcesBreak(baseVersion, revisionVersion) {
  const [baseMajor, baseMinor] = baseVersion.split('.').map(Number)
  const [major, minor] = revisionVersion.split('.').map(Number)
  return major > baseMajor || (major === 0 && baseMajor === 0 && minor > baseMinor)
}

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

function parseReport(stdout, stderr) {
  try {
    return JSON.parse(stdout)
  } catch (cause) {
    throw new Error(`The contracts could not be compared: ${stderr.trim() || stdout.trim()}`, { cause })
  }
}

function lostAnswerValues({ path, property, base, revision }) {
  if (property !== 'enum' || !base || !revision) return []
  return describeLoss('enum-values-removed', base.value, revision.value, path)
}

function lostOpenValues(base, revision, path) {
  if (typeof base !== 'object' || typeof revision !== 'object' || !base || !revision) return []
  return Object.keys(base).flatMap((key) =>
    key === 'x-extensible-enum'
      ? describeLoss('open-enum-values-removed', base[key], revision[key] ?? [], path)
      : lostOpenValues(
          base[key],
          revision[key],
          `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        ),
  )
}

function describeLoss(rule, before, after, path) {
  const lost = before.filter((value) => !after.includes(value))
  return lost.length === 0 ? [] : [`${rule}: lost ${lost.map((value) => `'${value}'`).join(', ')} at ${path}`]
}

/** Lints openapi/openapi.json, or the file that is named: exit 0 only when both linters find no error. */
import { join } from 'node:path'
import { install, redocly, spectral } from './tool.js'

const contract = process.argv[2] ?? join(import.meta.dirname, '../../openapi/openapi.json')

install()
const statuses = [
  redocly(['lint', contract], 'inherit').status,
  spectral(['lint', contract, '--fail-severity=error'], 'inherit').status,
]
process.exitCode = Math.max(...statuses)

import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const environment = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Only src/config.ts reads the environment; take the value as a dependency.',
  },
  {
    selector: "ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name='env']",
    message: 'Only src/config.ts reads the environment; take the value as a dependency.',
  },
]

const wallClock = [
  "MemberExpression[object.name='Date'][property.name='now']",
  "NewExpression[callee.name='Date'][arguments.length=0]",
  "CallExpression[callee.name='Date']",
  "MemberExpression[object.name='performance']",
  "MemberExpression[object.name='process'][property.name='hrtime']",
  'ImportDeclaration[source.value=/^(node:)?perf_hooks$/]',
].map((selector) => ({
  selector,
  message: 'Only src/platform/clock.ts reads the time; use the injected clock.',
}))

// tap runs its own subtests; the promise they return is for those who want the result. `t.rejects` stays on the list
// of promises to await, since an assertion that nobody awaits may come after the end of its test.
const subtests = { from: 'package', package: '@tapjs/test', name: ['test', 'todo', 'skip'] }

export default defineConfig(
  globalIgnores(['build/', 'coverage/', '.tap/', '.waggle/', '**/node_modules/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly' } },
  },
  {
    files: ['src/console/assets/*.js'],
    languageOptions: {
      globals: { document: 'readonly', fetch: 'readonly', FormData: 'readonly', URLSearchParams: 'readonly' },
    },
  },
  {
    files: ['**/*.{js,ts,tsx}'],
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**', 'db/**'],
    rules: { 'no-restricted-syntax': ['error', ...environment, ...wallClock] },
  },
  { files: ['src/**'], rules: { 'no-console': 'error' } },
  { files: ['src/main.ts', 'src/cli/**'], rules: { 'no-console': 'off' } },
  { files: ['src/config.ts'], rules: { 'no-restricted-syntax': ['error', ...wallClock] } },
  { files: ['src/platform/clock.ts'], rules: { 'no-restricted-syntax': ['error', ...environment] } },
  {
    files: ['test/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [subtests] }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      // An answer is looked into by the test that asked for it; what it does not hold, the assertion tells.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
    },
  },
  prettier,
)

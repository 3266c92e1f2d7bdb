import tseslint from 'typescript-eslint';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';

const sizes = {
  'max-lines': ['error', { max: 200, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 8],
  'max-depth': ['error', 3],
  'max-params': ['error', 3],
} as const;

const manners = {
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
  '@typescript-eslint/consistent-type-imports': 'error',
  'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
  'no-console': 'error',
  eqeqeq: 'error',
} as const;

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.data*', 'tests/e2e/output'] },
  {
    files: ['server/**/*.ts', 'client/**/*.{ts,tsx}', 'tests/**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true } },
    rules: { ...sizes, ...manners },
  },
  {
    // A screen is a tree of markup: its length says little; its file limit still holds.
    files: ['client/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    extends: [jsxA11y.flatConfigs.strict],
    rules: {
      'max-lines-per-function': ['error', { max: 90, skipBlankLines: true, skipComments: true }],
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
    },
  },
  { files: ['tests/**/*.ts'], rules: { 'max-lines-per-function': 'off', 'max-lines': ['error', { max: 300 }] } },
  // Commands speak to the person at the terminal.
  {
    files: [
      'server/main.ts',
      'tests/e2e/system.ts',
      'server/**/*.command.ts',
      'server/{life,progress}.ts',
      'tests/bench/**',
      'tests/mutants/**',
      'tests/support/**',
    ],
    rules: { 'no-console': 'off' },
  },
);

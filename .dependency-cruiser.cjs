// The way of imports: commands → server → bridge → {cscart, shipstation, ledger} → database → values.
// `cscart`, `shipstation` and `ledger` do not know each other; only `bridge` knows them.
// Everyone may know the program's version.
const rooms = {
  values: [],
  database: ['values'],
  shipstation: ['values'],
  cscart: ['values', 'database'],
  ledger: ['values', 'database'],
  config: ['values', 'database', 'shipstation'],
  bridge: ['values', 'database', 'cscart', 'shipstation', 'ledger', 'config'],
  server: ['values', 'database', 'shipstation', 'bridge', 'config'],
  commands: ['values', 'database', 'cscart', 'shipstation', 'ledger', 'config', 'bridge', 'server'],
};

const roomRules = Object.entries(rooms).map(([room, mayImport]) => ({
  name: `${room}-imports-one-way`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [`^src/(${[room, ...mayImport].join('|')})/`, '^src/version\\.ts$'] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...roomRules,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'source-knows-no-tests',
      comment:
        'What is shipped never reaches into the tests, the demo, the benchmark or the torture harness.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|demo|bench|torture)/' },
    },
    {
      name: 'source-uses-production-packages-only',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};

// Who may import whom (docs: the table of layers). Paths are regular expressions over resolved, forward-slashed paths.
// `import type` is told apart from a value import, because only values reach a bundle.

const node = '^(node:|[a-z_/]+$)';
const packages = (...names) => names.map((name) => `(^|/)node_modules/${name}/`);

const contract = '^src/contract/';
const schemas = '^src/schemas/';
const zod = packages('zod');
// All of src/api but its server side.
const clientApi = '^src/api/(?!service/)';
const composition = '^src/(up|worker|cli)/|^src/gateway/main[.]ts$';
// Of a workflow type's folder these run in the sandbox (`process/` where the workflow has more than fits its file); all its
// other files are pure and read by gateway and activities.
const sandboxOfType = '((workflow|state)[.]ts$|process/)';
const sandboxFiles = `^workflows/(index[.]ts$|kernel/|[^/]+/${sandboxOfType})`;
const pureFiles = `^workflows/(?!kernel/)[^/]+/(?!${sandboxOfType})`;

/** Only what `allowed` names may be imported; `kind` narrows the rule to value or to type imports. */
function only(name, { from, fromNot, allowed, kind, comment }) {
  const kinds = { value: { dependencyTypesNot: ['type-only'] }, type: { dependencyTypes: ['type-only'] } };
  const types = kind === undefined ? {} : kinds[kind];
  const source = fromNot === undefined ? { path: from } : { path: from, pathNot: fromNot };
  return { name, severity: 'error', comment, from: source, to: { pathNot: allowed, ...types } };
}

/** What `forbidden` names may not be imported; `to` refines it further. */
function never(name, { from, fromNot, forbidden, to = {}, comment }) {
  const source = fromNot === undefined ? { path: from } : { path: from, pathNot: fromNot };
  return { name, severity: 'error', comment, from: source, to: { path: forbidden, ...to } };
}

const layers = [
  only('contract-imports-nothing', {
    from: contract,
    allowed: [contract],
    comment: 'The sandbox imports src/contract by value: anything it pulls in is bundled into every workflow.',
  }),
  only('schemas-are-zod-and-contract', {
    from: schemas,
    // `leven` counts the letters by which two words differ, and nothing else.
    allowed: [contract, schemas, ...packages('zod', 'leven')],
    comment: 'Schemas are read on both sides of every edge.',
  }),
  only('workflow-contracts-are-pure', {
    from: pureFiles,
    allowed: [contract, schemas, pureFiles, ...zod],
    comment: 'Contracts, prompts and operations run in gateway, CLI and activities: no Temporal, no node:, no effects.',
  }),
  only('catalog-lists-contracts', {
    from: '^workflows/catalog[.]ts$',
    allowed: [contract, schemas, pureFiles, ...zod],
    comment: 'The catalog holds no workflow code.',
  }),
  only('sandbox-values', {
    from: sandboxFiles,
    allowed: [contract, sandboxFiles, ...packages('@temporalio/workflow', '@temporalio/common')],
    kind: 'value',
    comment:
      'Workflow code runs in an isolate: zod doubles its bundle, node: breaks it, effects make it non-deterministic.',
  }),
  only('sandbox-types', {
    from: sandboxFiles,
    allowed: [
      contract,
      sandboxFiles,
      pureFiles,
      '^activities/[^/]+/api[.]ts$',
      ...packages('@temporalio/workflow', '@temporalio/common'),
    ],
    kind: 'type',
    comment: "An activity's implementation brings Node's types back in: import its api.ts.",
  }),
  only('activity-interfaces-are-types', {
    from: '^activities/.*/api[.]ts$',
    allowed: [contract, '^activities/.*/api[.]ts$'],
    comment: 'api.ts is what the sandbox sees of an activity.',
  }),
  never('activities-stay-effects', {
    from: '^activities/',
    forbidden: [
      '^workflows/(?!catalog[.]ts$)',
      '^src/(gateway|cli|web|api|worker|up|config|temporal|dispatcher)/',
      ...packages('@temporalio/(workflow|worker|client)', 'express'),
    ],
    comment: 'Activities take what they need from deps.',
  }),
  only('client-api-is-plain', {
    from: clientApi,
    allowed: [contract, schemas, clientApi, ...packages('zod', 'eventsource-parser')],
    comment: 'CLI and web bundle these files.',
  }),
  never('service-is-below-the-gateway', {
    from: '^src/api/service/',
    forbidden: ['^src/(gateway|cli|web|worker|up)/', ...packages('express')],
  }),
  never('gateway-serves-an-interface', {
    from: '^src/gateway/',
    fromNot: '^src/gateway/main[.]ts$',
    forbidden: [
      '^src/(db|temporal|cli|worker|up|api/service)/',
      '^activities/',
      ...packages('@temporalio/[^/]+', 'kysely', 'pg'),
    ],
    comment: 'The gateway knows StewardApi, not what is behind it.',
  }),
  only('mcp-speaks-the-interface', {
    from: '^src/mcp/',
    allowed: [contract, schemas, '^src/mcp/', clientApi, ...packages('zod', '@modelcontextprotocol/server'), node],
    comment: 'One definition over StewardApi serves MCP in the gateway and in the CLI.',
  }),
  only('clients-use-http', {
    from: '^src/(cli|web)/',
    allowed: [contract, schemas, '^src/(cli|web|config|mcp)/', clientApi, '(^|/)node_modules/', node],
    kind: 'value',
    comment: 'CLI and UI use HTTP only.',
  }),
  never('clients-know-no-engine', {
    from: '^src/(cli|web)/',
    forbidden: packages('@temporalio/[^/]+', 'kysely', 'pg', '@electric-sql/pglite', 'express'),
    comment: 'CLI and UI use HTTP only.',
  }),
];
// A command that starts servers loads them when it runs, so that the others start fast and bundle small.
const clientsUseHttp = layers.find((rule) => rule.name === 'clients-use-http');
clientsUseHttp.to.dependencyTypesNot.push('dynamic-import');

const parts = [
  never('clients-load-only-roots', {
    from: '^src/(cli|web)/',
    forbidden:
      '^(src/(?!(up|worker|models/offline|contract|schemas|api|cli|web|config|mcp)/|gateway/main[.]ts$)|activities/|workflows/)',
    to: { dependencyTypes: ['dynamic-import'] },
  }),
  only('scheduler-is-pure', { from: '^src/calendar/scheduler/', allowed: [contract, '^src/calendar/'] }),
  only('config-is-a-leaf', {
    from: '^src/config/',
    allowed: [contract, '^src/config/', node, ...packages('zod', '@temporalio/envconfig')],
  }),
  never('temporal-knows-no-product', {
    from: '^src/temporal/',
    forbidden: ['^(workflows|activities)/', '^src/(?!contract/|config/|processes/|temporal/)'],
  }),
  never('temporal-stays-at-its-edge', {
    from: '^src/(db|models|calendar|files|tools|processes|config)/',
    fromNot: '^src/config/temporal[.]ts$',
    forbidden: packages('@temporalio/[^/]+'),
  }),
  never('libraries-know-no-application', {
    from: '^src/(db|models|calendar|files|tools|processes)/',
    forbidden: ['^src/(gateway|cli|web|api|worker|up|dispatcher|temporal)/', '^activities/', sandboxFiles],
    to: { dependencyTypesNot: ['type-only'] },
    comment: 'They may speak the plain types of src/api/*.ts; nothing calls upwards.',
  }),
  never('libraries-know-no-application-types', {
    from: '^src/(db|models|calendar|files|tools|processes)/',
    forbidden: ['^src/(gateway|cli|web|api/service|worker|up|dispatcher|temporal)/', sandboxFiles],
  }),
  never('only-roots-wire', {
    from: '^(src|activities|workflows)/',
    fromNot: composition,
    forbidden: '^src/(up|worker|cli)/|^src/gateway/main[.]ts$',
    comment: 'Only composition roots know the others.',
  }),
  never('no-tests-in-products', { from: '^(src|activities|workflows|bin)/', forbidden: '^(test|bench)/' }),
];

const general = [
  {
    name: 'no-cycles',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  {
    name: 'no-dev-dependencies',
    severity: 'error',
    from: { path: '^(src|activities|workflows|bin)/' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
  },
  {
    name: 'no-undeclared-dependencies',
    severity: 'error',
    from: { path: '^(src|activities|workflows|bin|test|bench)/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'deprecated'] },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...layers, ...parts, ...general],
  options: {
    // TypeScript 7 has no JavaScript API; swc reads the syntax.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};

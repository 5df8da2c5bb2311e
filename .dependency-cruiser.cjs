const pure =
  "^lib/(readiness|hrv|analysis|alerts|time|wearables)/|^lib/providers/[a-z-]+/(normalise|schemas|streams)";

/** The directions of import: data flows route or job -> service -> queries and adapters, with pure science in the middle. */
module.exports = {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "pure-stays-pure",
      comment:
        "Pure folders read no clock, environment, network or database; they import only pure code, zod, date and statistics libraries.",
      severity: "error",
      from: { path: pure, pathNot: "\\.test\\.tsx?$" },
      to: {
        pathNot: [
          pure,
          "^node_modules/(zod|temporal-polyfill|temporal-spec|@stdlib|simple-statistics|csv-parse)",
        ],
      },
    },
    {
      name: "only-db-uses-drizzle",
      severity: "error",
      from: { path: "^(app|components|lib|inngest|simulator|scripts)/" },
      to: { path: "^node_modules/drizzle-orm" },
    },
    {
      name: "only-services-use-queries",
      severity: "error",
      from: { pathNot: "^(lib/services|db|tests|bench)/|\\.test\\.tsx?$" },
      to: { path: "^db/queries/" },
    },
    {
      name: "adapters-know-neither-each-other-nor-the-database",
      severity: "error",
      from: { path: "^lib/(providers|email|auth|crypto)/", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^(db|lib/services|inngest|app)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "providers-are-alone",
      severity: "error",
      from: { path: "^lib/providers/" },
      to: { path: "^lib/(email|auth|crypto)/" },
    },
    {
      name: "email-is-alone",
      severity: "error",
      from: { path: "^lib/email/" },
      to: { path: "^lib/(providers|auth|crypto)/" },
    },
    {
      name: "auth-is-alone",
      severity: "error",
      from: { path: "^lib/auth/" },
      to: { path: "^lib/(providers|email)/" },
    },
    {
      name: "services-know-no-transport",
      severity: "error",
      from: { path: "^lib/services/" },
      to: { path: "^(app|components|inngest)/|^node_modules/(next|inngest|react)/" },
    },
    {
      name: "only-auth-uses-next-auth",
      severity: "error",
      from: { pathNot: "^lib/auth/" },
      to: { path: "^node_modules/(next-auth|@auth)/" },
    },
    {
      name: "simulator-and-client-are-two-readings",
      severity: "error",
      from: { path: "^simulator/" },
      to: { path: "^(lib|db|app|inngest|components)/" },
    },
    {
      name: "nothing-imports-the-simulator",
      severity: "error",
      from: { path: "^(lib|db|app|inngest|components)/" },
      to: { path: "^simulator/" },
    },
    {
      name: "components-see-view-models-only",
      severity: "error",
      from: { path: "^components/", pathNot: "\\.test\\.tsx?$" },
      to: {
        path: "^(db|inngest|app)/|^lib/(services|providers|email|auth|crypto|env)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "only-charts-use-tremor",
      severity: "error",
      from: { pathNot: "^components/charts/" },
      to: { path: "^node_modules/@tremor/" },
    },
    {
      name: "production-imports-no-dev-dependency",
      severity: "error",
      from: {
        path: "^(app|components|lib|db|inngest|simulator|scripts)/",
        pathNot: "\\.test\\.tsx?$|^scripts/(browser|test|screenshots)",
      },
      to: {
        dependencyTypes: ["npm-dev"],
        dependencyTypesNot: ["type-only"],
        pathNot: "^node_modules/@types/",
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.restday)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};

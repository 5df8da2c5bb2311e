import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./i18n/request.ts");

const config: NextConfig = {
  poweredByHeader: false,
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ["pino", "postgres", "temporal-polyfill"],
  typedRoutes: false,
  // Types are checked by `npm test`; the first start should not wait for them.
  typescript: { ignoreBuildErrors: true },
};

export default withNextIntl(config);

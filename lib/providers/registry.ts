import { env } from "@/lib/env";
import type { Providers } from "@/lib/wearables/connector";
import { createPolarConnector } from "./polar/connector";

/** The one list of providers, as the product runs with them. Services get it with their context. */
export const providers: Providers = [
  createPolarConnector(() => {
    const { POLAR_API_URL, POLAR_CLIENT_ID, POLAR_CLIENT_SECRET } = env();
    return { apiUrl: POLAR_API_URL, clientId: POLAR_CLIENT_ID, clientSecret: POLAR_CLIENT_SECRET };
  }),
];

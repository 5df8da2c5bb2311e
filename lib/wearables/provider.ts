/** Where an athlete's data are fetched from: the services that an athlete can connect. */
export const PROVIDERS = ["polar"] as const;
export type ProviderId = (typeof PROVIDERS)[number];

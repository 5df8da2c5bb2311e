/**
 * Names a provider of data: the `id` of its connector, and what the columns `provider` hold. An open set: which
 * providers there are is said by the registry that services are given.
 */
export type ProviderId = string;

/** Whose data they are that were stored before a row could name its provider. */
export const POLAR = "polar" satisfies ProviderId;

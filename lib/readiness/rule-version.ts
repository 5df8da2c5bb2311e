/** Names the published method (docs/method); stored with every scored day. Changes whenever a verdict could. */
export const RULE_VERSION = "2.0";

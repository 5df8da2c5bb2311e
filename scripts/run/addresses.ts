import type { Plan } from "./plan";

export const callbackPath = "/api/athlete-auth/callback/polar";

function row(label: string, value: string): string {
  return `  ${label.padEnd(18)}${value}`;
}

/** What a person needs to know once everything runs. */
export function addressLines(plan: Plan): string[] {
  const app = plan.settings.APP_URL ?? "";
  const demonstration = [
    row("Mailbox", `http://localhost:${plan.ports.mailbox}`),
    row("Polar simulator", `http://localhost:${plan.ports.simulator}`),
  ];
  const notes = plan.demonstration
    ? [
        "This is a demonstration with invented athletes; set POLAR_CLIENT_ID and POLAR_CLIENT_SECRET to go live.",
      ]
    : [];
  return [
    "",
    "Restday is ready.",
    "",
    row("App", app),
    ...(plan.demonstration ? demonstration : []),
    row("Health", `${app}/api/health/ready and ${app}/api/health/jobs`),
    row("OAuth callback", `${app}${callbackPath}`),
    row("Data and logs", plan.dataDir),
    "",
    ...notes,
    "Ctrl-C stops everything and loses nothing.",
    "",
  ];
}

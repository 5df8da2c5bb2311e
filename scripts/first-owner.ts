import { closeJobDatabase, jobContext } from "@/inngest/context";
import { createOwnerClaim } from "@/lib/services/team/join";
import { adoptRuntimeEnvironment } from "./run/runtime";

/** Prints the one-time link by which the first owner takes an installation over; silent once there is an owner. */
async function main(): Promise<void> {
  adoptRuntimeEnvironment();
  try {
    const claim = await createOwnerClaim({ ctx: jobContext("first-owner") });
    if (claim)
      console.log(
        `\nThis installation has no owner yet. Open this link once to become it:\n  ${claim.link}\n`,
      );
  } finally {
    await closeJobDatabase();
  }
}

main().catch((error: unknown) => {
  console.error(`The owner's link could not be made: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
});

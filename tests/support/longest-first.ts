import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take longest, the longest first; all others follow in vitest's own order. */
const LONGEST = [
  "tests/faults/schedules.test.ts",
  "tests/faults/crash-matrix.test.ts",
  "tests/faults/fault-matrix.test.ts",
  "tests/engine/crash.test.ts",
  "tests/integration/sync-policies.test.ts",
];

/** Starts what takes longest first, so that no worker is left alone with it at the end. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.indexOf(relative(this.ctx.config.root, moduleId));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

import { readdirSync } from "node:fs";
import path from "node:path";

/** Files of the given folders of the repository, with their paths, whose names end as asked. */
export function filesIn(folders: readonly string[], ending: RegExp): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => path.posix.join(folder, file)),
    )
    .filter((file) => ending.test(file));
}

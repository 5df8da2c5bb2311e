/**
 * `npm run house` (`-- --json`): the shape of the tree in numbers, room by room: how long files and functions are, how
 * much is imported, which queries have one caller, which service folders import each other in a circle.
 * The numbers serve the reader (docs/contribute/README.md says what we aim at); tests are counted apart.
 */
import { measureHouse } from "./house/measure";

const house = measureHouse();

if (process.argv.includes("--json")) console.log(JSON.stringify(house, null, 2));
else {
  console.table(
    Object.fromEntries(
      [...house.rooms, house.all].map(({ room, ...numbers }) => [
        room,
        {
          files: numbers.files,
          lines: numbers.lines,
          "lines/file": `${numbers.linesMedian} · ${numbers.linesP90}`,
          "≤ 40": `${numbers.shareUpTo40} %`,
          "imports/1000": numbers.importsPer1000,
          "lines/function": `${numbers.functionMedian} · ${numbers.functionP90}`,
          any: numbers.any,
        },
      ]),
    ),
  );
  console.log(
    `Medians and 90th percentiles. Queries: ${house.queries}, ${house.withOneCaller} with one caller.`,
  );
  console.log(
    `Circles of service folders: ${house.circlesOfFolders.map((names) => names.join(" ")).join("; ") || "none"}`,
  );
  console.log(`Hand-written CSS: ${house.handWrittenCssLines} lines.`);
}

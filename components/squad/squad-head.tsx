import Link from "next/link";
import { Sub } from "@/components/ui/blocks";
import type { ColumnHead } from "./column";
import { ROLE } from "./roles";
import type { ShownColumn } from "./squad-row";

type HeadProps = { caption: string; columns: readonly ShownColumn[] };

/** Caption, column widths and headers; those that sort are links. */
export function SquadHead({ caption, columns }: HeadProps) {
  return (
    <>
      <caption className="sr-only">{caption}</caption>
      <colgroup>
        {columns.map(({ id, head }) => (
          <col key={id} data-column={id} style={{ width: head.widthPx }} />
        ))}
      </colgroup>
      <thead {...ROLE.group}>
        <tr {...ROLE.row}>
          {columns.map(({ id, figures, head }) => (
            <th
              key={id}
              scope="col"
              className={figures && "num"}
              data-column={id}
              title={head.title}
              aria-sort={head.sorted}
              {...ROLE.columnHeader}
            >
              <Head {...head} />
            </th>
          ))}
        </tr>
      </thead>
    </>
  );
}

/** The one that the list is sorted by says so. A note names what stands side by side in the cells. */
function Head({ word, isUnseen, note, href, sorted }: ColumnHead) {
  const words = isUnseen ? <span className="sr-only">{word}</span> : word;
  return (
    <>
      {href ? (
        <Link href={href} scroll={false} prefetch={false} replace>
          {words}
          {sorted ? <span aria-hidden="true"> {sorted === "descending" ? "↓" : "↑"}</span> : null}
        </Link>
      ) : (
        words
      )}
      {note ? (
        <span aria-hidden="true">
          <Sub className="max-w-21 [text-align-last:justify]">{note}</Sub>
        </span>
      ) : null}
    </>
  );
}

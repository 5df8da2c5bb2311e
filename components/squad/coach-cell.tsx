"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/controls";
import type { CoachValue } from "./cell-values";
import type { CellProps, RowBase } from "./column";
import type { TableFrame } from "./table-frame";
import { VerdictFields } from "./verdict-fields";

const UNDO_MS = 10_000;

/** What the coach can do about a row, or what was already said of it. */
export function CoachCell({ value: coach, row, frame }: CellProps<CoachValue>) {
  // The episode just acknowledged here: shown at once, and taken back with one press for a while.
  const [fresh, setFresh] = useState<string | null>(null);

  function acknowledged(openedOn: string) {
    setFresh(openedOn);
    setTimeout(() => setFresh(null), UNDO_MS);
  }

  return (
    <span aria-live="polite">
      {fresh !== null && frame.say ? (
        <Undo row={row} frame={frame} openedOn={fresh} onUndo={() => setFresh(null)} />
      ) : null}
      {fresh === null && coach?.kind === "said" ? (
        <span className="whitespace-nowrap text-label text-ink-3">{coach.text}</span>
      ) : null}
      {fresh === null && coach?.kind === "connection" ? (
        <Link className="link" href={`/squads/${frame.squadId}/connections#${row.id}`} prefetch={false}>
          {coach.text}
        </Link>
      ) : null}
      {fresh === null && coach?.kind === "acknowledge" && frame.say ? (
        <form className="inline-flex" action={frame.say} onSubmit={() => acknowledged(coach.openedOn)}>
          <VerdictFields athleteId={row.id} openedOn={coach.openedOn} squadId={frame.squadId} />
          <Button
            type="submit"
            size="small"
            name="verdict"
            value="acknowledged"
            aria-label={frame.words.acknowledgeOf.replace("{name}", row.name)}
          >
            {frame.words.acknowledge}
          </Button>
        </form>
      ) : null}
    </span>
  );
}

type UndoProps = { row: RowBase; frame: TableFrame; openedOn: string; onUndo: () => void };

function Undo({ row, frame, openedOn, onUndo }: UndoProps) {
  return (
    <form action={frame.say} onSubmit={onUndo} className="inline-flex items-center gap-1.5">
      <VerdictFields athleteId={row.id} openedOn={openedOn} squadId={frame.squadId} />
      <span className="whitespace-nowrap text-label text-ink-3">{frame.words.acknowledged}</span>
      <Button type="submit" size="small" name="verdict" value="">
        {frame.words.undo}
      </Button>
    </form>
  );
}

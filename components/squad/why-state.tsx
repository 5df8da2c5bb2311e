"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { Button } from "@/components/ui/controls";
import { ROLE } from "./roles";

type WhyState = {
  open: ReadonlySet<string>;
  toggle: (athleteId: string) => void;
  want: (athleteId: string) => Promise<void>;
  panels: ReadonlyMap<string, ReactNode>;
};

const WhyContext = createContext<WhyState | null>(null);

function useWhy(): WhyState {
  const state = useContext(WhyContext);
  if (!state) throw new Error("A why button stands outside of its table.");
  return state;
}

type WhyTableProps = {
  initiallyOpen: readonly string[];
  load: (athleteId: string) => Promise<ReactNode>;
  children: ReactNode;
};

/** Remembers which reasons are open, and fetches those that did not come with the page when somebody is about to ask. */
export function WhyTable({ initiallyOpen, load, children }: WhyTableProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(initiallyOpen));
  const [panels, setPanels] = useState<ReadonlyMap<string, ReactNode>>(() => new Map());
  // Each rendering of the page brings a new loader: what was fetched before may be stale and is asked for again.
  const asked = useMemo(() => ({ load, ids: new Set<string>() }), [load]);

  const want = useCallback(
    async (athleteId: string) => {
      if (asked.ids.has(athleteId)) return;
      asked.ids.add(athleteId);
      await asked.load(athleteId).then(
        (panel) => setPanels((before) => new Map(before).set(athleteId, panel)),
        () => asked.ids.delete(athleteId),
      );
    },
    [asked],
  );

  const toggle = useCallback((athleteId: string) => {
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(athleteId)) next.add(athleteId);
      return next;
    });
  }, []);

  return <WhyContext value={{ open, toggle, want, panels }}>{children}</WhyContext>;
}

/** Opens the reason in place, under its row. */
export function WhyButton({ athleteId, label, word }: { athleteId: string; label: string; word: string }) {
  const { open, toggle, want } = useWhy();
  const expanded = open.has(athleteId);
  return (
    <button
      type="button"
      aria-expanded={expanded}
      aria-controls={expanded ? `why-${athleteId}` : undefined}
      aria-label={label}
      onClick={() => {
        want(athleteId);
        toggle(athleteId);
      }}
      onPointerEnter={() => want(athleteId)}
      onFocus={() => want(athleteId)}
    >
      <svg
        width="10"
        height="10"
        viewBox="0 0 10 10"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden="true"
      >
        <path d="M3.5 1.5 7 5 3.5 8.5" />
      </svg>
      <span>{word}</span>
    </button>
  );
}

type WhyRowProps = {
  athleteId: string;
  columns: number;
  wait: string;
  /** On paper this reason stands open. */
  listed: boolean;
  children?: ReactNode;
};

/** The row below: the reason that came with the page, or the fetched one. */
export function WhyRow({ athleteId, columns, wait, listed, children }: WhyRowProps) {
  const { open, want, panels } = useWhy();
  const expanded = open.has(athleteId);
  const panel = children ?? panels.get(athleteId);
  useEffect(() => {
    if (expanded && !children) want(athleteId);
  }, [expanded, children, want, athleteId]);
  if (!expanded && !panel) return null;
  return (
    <tr
      className={`border-line border-b bg-hover phone:-mt-[9px] phone:mb-2 phone:rounded-b-[10px] phone:border phone:border-t-0 phone:bg-surface print:break-inside-avoid print:bg-transparent ${expanded ? "phone:block" : "hidden"} ${listed && panel ? "print:table-row" : ""}`}
      id={`why-${athleteId}`}
      {...ROLE.row}
    >
      <td
        colSpan={columns}
        className="px-3 pt-1 pb-3.5 pl-9 phone:block phone:px-3.5 phone:pt-0 print:pl-1.5"
        {...ROLE.cell}
      >
        {panel ?? (expanded ? <p className="text-ink-3">{wait}</p> : null)}
      </td>
    </tr>
  );
}

/** Fetches the reasons of the listed athletes, then prints. */
export function PrintButton({ athleteIds, word }: { athleteIds: readonly string[]; word: string }) {
  const { want } = useWhy();
  return (
    <Button
      type="button"
      className="phone:hidden"
      size="small"
      onClick={async () => {
        await Promise.all(athleteIds.map(want));
        window.print();
      }}
    >
      {word}
    </Button>
  );
}

"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/controls";
import { LEVELS } from "@/lib/readiness/types";

type ShortcutsProps = {
  squadId: string;
  words: {
    title: string;
    close: string;
    off: string;
    on: string;
    list: readonly [keys: string, what: string][];
  };
};

const KEPT = "restday-shortcuts";

/** Single keys for those who look every morning; silent inside fields, and switched off for good if somebody wishes. */
export function Shortcuts({ squadId, words }: ShortcutsProps) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  /** The first of two keys; it outlives what draws the page anew between them. */
  const prefix = useRef("");
  const [on, setOn] = useState(true);

  useEffect(() => setOn(localStorage.getItem(KEPT) !== "off"), []);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === "?") return dialog.current?.showModal();
      if (!on || dialog.current?.open) return;
      const key = prefix.current + event.key;
      prefix.current = key === "g" ? "g" : "";
      const done = act(key, { squadId, go: (href) => router.push(href) });
      if (done) event.preventDefault();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [on, squadId, router]);

  function toggle() {
    localStorage.setItem(KEPT, on ? "off" : "on");
    setOn(!on);
  }

  return (
    <dialog
      ref={dialog}
      className="m-auto w-[calc(100%-32px)] max-w-105 rounded-card border border-line-strong bg-surface p-4 text-ink backdrop:bg-black/35"
      aria-label={words.title}
    >
      <h2>{words.title}</h2>
      <dl>
        {words.list.map(([keys, what]) => (
          <div key={keys} className="grid grid-cols-[72px_minmax(0,1fr)] gap-2 py-1">
            <dt>
              <kbd className="rounded-sm border border-line-strong px-[5px] font-sans text-[0.75rem] text-ink-2">
                {keys}
              </kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <div className="flex gap-2 pt-3">
        <Button type="button" onClick={toggle}>
          {on ? words.off : words.on}
        </Button>
        <Button type="button" onClick={() => dialog.current?.close()}>
          {words.close}
        </Button>
      </div>
    </dialog>
  );
}

type Ways = { squadId: string; go: (href: string) => void };

/** Does what a key stands for; false when it stands for nothing here. */
function act(key: string, { squadId, go }: Ways): boolean {
  if (key === "gh" || key === "gm") {
    go(`/squads/${squadId}${key === "gh" ? "/heatmap" : ""}`);
    return true;
  }
  if (key === "/") return focusOn("#filter-find, #top-find");
  const level = LEVELS[Number(key) - 1];
  if (level) return press(document, `button[data-level="${level}"]`);
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1, go);
  const row = document.querySelector("tr[data-level][data-selected]");
  if (!row) return false;
  if (key === "o" || (key === "Enter" && document.activeElement === document.body)) return press(row, "th a");
  if (key === "w" || (key === " " && document.activeElement === document.body))
    return press(row, "[aria-expanded]");
  return key === "a" && press(row, "[data-column=coach] button");
}

function step(by: 1 | -1, go: Ways["go"]): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("tr[data-level]")];
  if (rows.length === 0) {
    const { before, after } = document.querySelector<HTMLElement>("[data-neighbours]")?.dataset ?? {};
    const next = by === 1 ? after : before;
    if (next) go(next);
    return Boolean(next);
  }
  const now = rows.findIndex((row) => row.hasAttribute("data-selected"));
  const next = rows[Math.max(0, Math.min(rows.length - 1, now + by))];
  rows[now]?.removeAttribute("data-selected");
  next?.setAttribute("data-selected", "");
  next?.scrollIntoView({ block: "nearest" });
  return true;
}

function press(root: ParentNode, selector: string): boolean {
  const found = root.querySelector<HTMLElement>(selector);
  found?.click();
  return found !== null;
}

function focusOn(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  return found !== null;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}

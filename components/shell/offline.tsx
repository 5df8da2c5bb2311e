"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { followReach, lostAt } from "./reach";

/** Ready-made words, because every page has them; `#` in `lost` stands for the time. */
export type OfflineWords = { lost: string; unsent: string };

const never = () => null;

/**
 * Says when the network is gone, since when, and what to do; keeps a form from being lost; has the page drawn again
 * once the network is back.
 */
export function Offline({ words, worker }: { words: OfflineWords; worker: string }) {
  const router = useRouter();
  useOfflinePage(worker);
  const lostAtMs = useSyncExternalStore(followReach, lostAt, never);
  const unsent = useHeldForm();
  const wasLost = useRef(false);
  const isLost = lostAtMs !== null;
  useEffect(() => {
    if (wasLost.current && !isLost) router.refresh();
    wasLost.current = isLost;
  }, [isLost, router]);
  return (
    // In view wherever the page is scrolled to: what was not sent is said where it was pressed.
    <div className="sticky top-0 z-20 print:hidden" role="status">
      {isLost ? <Line>{words.lost.replace("#", clockOf(lostAtMs))}</Line> : null}
      {isLost && unsent ? (
        <Line>
          <b className="font-[550]">{words.unsent}</b>
        </Line>
      ) : null}
    </div>
  );
}

function Line({ children }: { children: ReactNode }) {
  return <p className="border-line-strong border-b bg-surface px-(--margin) py-2 text-ink">{children}</p>;
}

/** Has the browser keep the page that it shows when one is opened without a network. */
function useOfflinePage(worker: string): void {
  useEffect(() => {
    // Browsers have workers behind https and on localhost only; whoever forbids them sees the browser's own error.
    if ("serviceWorker" in navigator) navigator.serviceWorker.register(worker).catch(() => {});
  }, [worker]);
}

/** Whether a form was held back because there is no network: sending it would lose what was entered. */
function useHeldForm(): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    function hold(event: SubmitEvent) {
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopPropagation();
      setHeld(true);
    }
    const forget = () => setHeld(false);
    document.addEventListener("submit", hold, { capture: true });
    window.addEventListener("online", forget);
    return () => {
      document.removeEventListener("submit", hold, { capture: true });
      window.removeEventListener("online", forget);
    };
  }, []);
  return held;
}

function clockOf(atMs: number): string {
  const at = new Date(atMs);
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}

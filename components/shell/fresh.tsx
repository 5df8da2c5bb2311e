"use client";

import { useRouter, useSelectedLayoutSegment } from "next/navigation";
import { useEffect } from "react";
import { noteAnswer } from "./reach";

type FreshProps = { versionUrl: string; version: string; everyMs: number; still: readonly string[] };

/**
 * Asks from time to time whether the page is out of date, and if so has the server render it again in place; not on the
 * `still` pages of the layout, by their folders.
 */
export function Fresh({ versionUrl, version, everyMs, still }: FreshProps) {
  const router = useRouter();
  const isStill = still.includes(useSelectedLayoutSegment() ?? "");
  useEffect(() => {
    if (isStill) return;
    let asking = false;
    async function ask() {
      if (asking || document.hidden) return;
      asking = true;
      const answer = await fetch(versionUrl, { cache: "no-store" }).catch(() => undefined);
      noteAnswer(answer !== undefined);
      const current = answer?.ok ? await answer.text() : version;
      asking = false;
      if (current !== version) router.refresh();
    }
    const timer = setInterval(ask, everyMs);
    document.addEventListener("visibilitychange", ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [versionUrl, version, everyMs, isStill, router]);
  return null;
}

"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { noteAnswer } from "@/components/shell/reach";

type FreshProps = { versionUrl: string; version: string; everyMs: number };

/** Asks from time to time whether the page is out of date, and if so has the server render it again in place. */
export function Fresh({ versionUrl, version, everyMs }: FreshProps) {
  const router = useRouter();
  useEffect(() => {
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
  }, [versionUrl, version, everyMs, router]);
  return null;
}

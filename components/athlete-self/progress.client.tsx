"use client";

import { useEffect, useState } from "react";
import { noteAnswer } from "@/components/shell/reach";
import { ProgressList, type ProgressTold, type ProgressWords } from "./progress-list";

const firstWaitMs = 2_000;
const longestWaitMs = 10_000;

/** Asks for the progress every 2 seconds, then ever less often, until everything is read. Starts from what the server drew. */
export function LiveProgress({ initial, words }: { initial: ProgressTold; words: ProgressWords }) {
  const [progress, setProgress] = useState(initial);
  const [waitMs, setWaitMs] = useState(firstWaitMs);
  useEffect(() => {
    if (progress.done) return;
    const timer = setTimeout(async () => {
      setProgress(await readProgress(progress));
      setWaitMs((wait) => Math.min(wait * 1.25, longestWaitMs));
    }, waitMs);
    return () => clearTimeout(timer);
  }, [progress, waitMs]);
  return <ProgressList progress={progress} words={words} />;
}

/** What the server says now; the last known when it cannot be asked. A copy, so that asking goes on. */
async function readProgress(last: ProgressTold): Promise<ProgressTold> {
  try {
    const answer = await fetch("/me/progress", { cache: "no-store" });
    noteAnswer(true);
    return answer.ok ? ((await answer.json()) as ProgressTold) : { ...last };
  } catch {
    noteAnswer(false);
    return { ...last };
  }
}

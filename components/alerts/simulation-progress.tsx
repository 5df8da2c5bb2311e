"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { BacktestProgress } from "@/lib/services/backtest/view";

type SimulationProgressProps = { url: string; percent: number; label: string };

const EVERY_MS = 1_000;

/** Follows the simulation; when it ends, the server renders the page again with its figures. */
export function SimulationProgress({ url, percent, label }: SimulationProgressProps) {
  const router = useRouter();
  const [shown, setShown] = useState(percent);
  useEffect(() => {
    let asking = false;
    const timer = setInterval(async () => {
      if (asking || document.hidden) return;
      asking = true;
      const progress = await ask(url);
      asking = false;
      if (progress?.state === "running") setShown(progress.percent);
      if (progress && progress.state !== "running") router.refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [url, router]);
  return (
    <progress
      className="my-2 block h-1.5 w-[min(420px,100%)] appearance-none overflow-hidden rounded-[3px] border-0 bg-(--band) [&::-moz-progress-bar]:bg-data [&::-webkit-progress-bar]:bg-(--band) [&::-webkit-progress-value]:bg-data"
      max={100}
      value={shown}
      aria-label={label}
    >
      {shown} %
    </progress>
  );
}

async function ask(url: string): Promise<BacktestProgress | undefined> {
  try {
    const answer = await fetch(url, { cache: "no-store" });
    return answer.ok ? ((await answer.json()) as BacktestProgress) : undefined;
  } catch {
    return undefined;
  }
}

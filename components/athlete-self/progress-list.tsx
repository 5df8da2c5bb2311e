import type { ReactNode } from "react";
import type { Progress, StreamProgress } from "@/lib/services/own-page/view-model";
import { Block, Note } from "./block";

/** With the sentences on a wait and on what comes next in words already: the browser may word a date otherwise than the server. */
export type ProgressTold = Progress & { wait: string; next: string };

/** Ready-made words, because the list is drawn in the browser too. */
export type ProgressWords = {
  lines: Record<string, string>;
  states: Record<StreamProgress["state"], string>;
  /** `{found}` and `{read}` stand for numbers. */
  counts: string;
  /** `{kept}` and `{left}` stand for numbers: of a stream of which some is from before the athlete shares. */
  countsLeft: string;
  /** `{n}` stands for a number. */
  aside: string;
  none: string;
  busy: string;
  failed: string;
  /** Instead of `done` where a stream has failed. */
  someFailed: string;
  consentMissing: string;
  openPolar: string;
  done: string;
  next: string;
};

/** One line per stream with what was found and read; a bar only while it runs. */
export function ProgressList({ progress, words }: { progress: ProgressTold; words: ProgressWords }) {
  return (
    <>
      <ul>
        {progress.streams.map((stream) => (
          <StreamLine key={stream.stream} stream={stream} words={words} />
        ))}
      </ul>
      <Note below="small" role="status">
        {endOf(progress, words)}
      </Note>
      <Block title={words.next}>
        <p className="text-ink-2">{progress.next}</p>
      </Block>
    </>
  );
}

function endOf({ done, streams, wait }: ProgressTold, words: ProgressWords): string {
  if (!done) return wait;
  return streams.some(({ state }) => state === "failed") ? words.someFailed : words.done;
}

function StreamLine({ stream, words }: { stream: StreamProgress; words: ProgressWords }) {
  const title = words.lines[stream.line] ?? stream.stream;
  const percent = stream.found === 0 ? 0 : Math.min(100, Math.round((100 * stream.read) / stream.found));
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-2.5 border-line border-b py-2.5">
      <span
        className={`grid size-4 place-items-center rounded-full border-[1.5px] ${stream.state === "done" ? "border-ink bg-ink text-surface" : "border-ink-3"}`}
        aria-hidden="true"
      >
        {stream.state === "done" ? (
          <svg
            width="10"
            height="10"
            viewBox="0 0 12 12"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.8"
            aria-hidden="true"
          >
            <path d="M2 6.5 4.8 9.2 10 3.2" />
          </svg>
        ) : null}
      </span>
      <span>
        {title}
        <Detail stream={stream} words={words} />
        {stream.state === "running" ? (
          <span
            className="mt-[5px] block h-1 overflow-hidden rounded-[2px] bg-line"
            role="progressbar"
            aria-valuenow={percent}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-label={title}
          >
            <span className="block h-1 bg-ink" style={{ width: `${percent}%` }} />
          </span>
        ) : null}
      </span>
      <span className="text-ink-3">
        {stream.state === "running" ? `${percent} %` : words.states[stream.state]}
      </span>
    </li>
  );
}

function Detail({ stream, words }: { stream: StreamProgress; words: ProgressWords }) {
  const { found, read, left, aside, state, errorCode } = stream;
  if (errorCode === "provider-consent-missing")
    return (
      <Small>
        {words.consentMissing}{" "}
        <a className="link" href="https://account.polar.com">
          {words.openPolar}
        </a>
      </Small>
    );
  if (state === "failed") return <Small>{words.failed}</Small>;
  if (errorCode === "provider-busy") return <Small>{words.busy}</Small>;
  const setAside = aside > 0 ? `, ${words.aside.replace("{n}", String(aside))}` : "";
  if (left > 0)
    return (
      <Small>
        {words.countsLeft.replace("{kept}", String(read)).replace("{left}", String(left))}
        {setAside}
      </Small>
    );
  if (found === 0) return <Small>{state === "done" ? words.none : ""}</Small>;
  return (
    <Small>
      {words.counts.replace("{found}", String(found)).replace("{read}", String(read))}
      {setAside}
    </Small>
  );
}

function Small({ children }: { children: ReactNode }) {
  return <span className="block text-[0.8125rem] text-ink-3 leading-[1.125rem]">{children}</span>;
}

import type { ReactNode } from "react";
import { Foot } from "@/components/shell/foot";
import { AthleteHeader } from "./header";
import styles from "./own.module.css";

/** Frame of the athlete's pages: one narrow column. `next` is the page itself, for the language switch. */
export function OwnMain({ next, home, children }: { next: string; home?: string; children: ReactNode }) {
  return (
    <>
      <AthleteHeader next={next} home={home} />
      <main
        id="content"
        className={`${styles.own} mx-auto max-w-110 px-5 pb-8 text-[0.9375rem] leading-[1.3125rem]`}
      >
        {children}
      </main>
      <Foot />
    </>
  );
}

/** Both answers to the text above, in view wherever somebody reads. */
export function Answers({ children }: { children: ReactNode }) {
  return (
    <div
      className={`${styles.answers} grid grid-cols-[3fr_2fr] gap-2 border-line border-t bg-page pt-3 pb-4`}
    >
      {children}
    </div>
  );
}

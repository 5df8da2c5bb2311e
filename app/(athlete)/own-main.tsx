import type { ReactNode } from "react";
import { AthleteHeader } from "@/components/athlete-self/header";
import { Foot } from "@/components/shell/foot";

/** Frame of the athlete's pages: one narrow column. `next` is the page itself, for the language switch. */
export function OwnMain({ next, home, children }: { next: string; home?: string; children: ReactNode }) {
  return (
    <>
      <AthleteHeader next={next} home={home} />
      <main id="content" className="own">
        {children}
      </main>
      <Foot />
    </>
  );
}

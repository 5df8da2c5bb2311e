"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/**
 * The header outlives the page below it: on another page its menus close, and on a phone, where the pages of a squad
 * scroll sideways, the current one is brought into view.
 */
export function FollowPath() {
  const path = usePathname();
  const mark = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the header shows depends on the path.
  useEffect(() => {
    const header = mark.current?.parentElement;
    for (const menu of header?.querySelectorAll("details[open]") ?? []) menu.removeAttribute("open");
    const nav = header?.querySelector<HTMLElement>(":scope > nav");
    const current = nav?.querySelector<HTMLElement>("[aria-current]");
    if (nav && current) nav.scrollLeft = current.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2;
  }, [path]);
  return <span ref={mark} hidden />;
}

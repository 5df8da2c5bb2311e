"use client";

import { useEffect, useRef } from "react";

/** On a phone the pages of a squad scroll sideways: the current one is brought into view. */
export function ShowCurrent() {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const nav = mark.current?.parentElement;
    const current = nav?.querySelector<HTMLElement>("[aria-current]");
    if (nav && current) nav.scrollLeft = current.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2;
  });
  return <span ref={mark} hidden />;
}

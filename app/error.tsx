"use client";

import { useSyncExternalStore } from "react";
import { Button } from "@/components/ui/controls";

const never = () => () => {};
const none: DOMStringMap = {};

/** The words stand in the page itself, so that no page has to carry the catalogue for the day it fails. */
function useWords(): DOMStringMap {
  return useSyncExternalStore(
    never,
    () => document.body.dataset,
    () => none,
  );
}

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const words = useWords();
  // What is sent from an address that is not APP_URL is refused; the page itself shows at any.
  const elsewhere = words.address !== undefined && words.address !== window.location.origin;
  return (
    <main id="content" className="mx-auto grid max-w-[640px] justify-items-start gap-4 px-(--margin) py-12">
      <h1>{words.failedTitle}</h1>
      <p className="text-ink-2">{elsewhere ? words.failedElsewhere : words.failedText}</p>
      {error.digest ? <p className="text-ink-3">{words.failedRequest?.replace("#", error.digest)}</p> : null}
      <Button kind="primary" type="button" onClick={reset}>
        {words.failedAgain}
      </Button>
    </main>
  );
}

"use client";

import { useSyncExternalStore } from "react";
import type { SparkCode } from "./spark-code";
import { SPARK_SIZE, Sparkline } from "./sparkline";

const never = () => () => {};

/** A sparkline that takes its place in the page and is drawn by the browser. */
export function LateSparkline({ spark }: { spark: SparkCode }) {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return inBrowser ? <Sparkline spark={spark} /> : <svg {...SPARK_SIZE} aria-hidden="true" />;
}

import { product } from "./product";

/** Asks the simulator's control interface. */
export async function simulator<T>(
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: object,
): Promise<T> {
  const response = await fetch(`${product.simulator}/_sim/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: body ? JSON.stringify(body) : undefined,
  });
  if (!response.ok)
    throw new Error(
      `The simulator answered ${response.status} to ${method} ${path}: ${await response.text()}`,
    );
  return (await response.json()) as T;
}

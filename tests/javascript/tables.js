/* The tables of cases that Python's tests use too. */

import { readFileSync } from "node:fs";

export function table(name) {
  return JSON.parse(readFileSync(new URL(`../tools/${name}.json`, import.meta.url), "utf-8"));
}

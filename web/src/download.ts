/** Gives what the server answered to the browser as a file. */

import type { Result } from "./api";

export function save({ data, contentType }: Result, stem: string): void {
  const ending = contentType.startsWith("text/csv") ? "csv" : contentType.startsWith("text/turtle") ? "ttl" : "json";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([data], { type: contentType }));
  link.download = `${stem}.${ending}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

import type { FailedPage } from '../api/types';

/** One line a person, channel and incident: the latest failure of each, newest first. Retries would drown the rest otherwise. */
export function latestFailures(pages: readonly FailedPage[]): FailedPage[] {
  const latest = new Map<string, FailedPage>();
  for (const page of [...pages].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))) {
    const key = `${page.incident.id} ${page.person} ${page.channel ?? ''}`;
    if (!latest.has(key)) latest.set(key, page);
  }
  return [...latest.values()];
}

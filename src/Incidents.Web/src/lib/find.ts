export interface Entry {
  kind: 'page' | 'service' | 'policy' | 'person' | 'team' | 'schedule' | 'integration' | 'incident';
  name: string;
  /** Another name by which it is known, such as a login. */
  also?: string;
  to: string;
}

const most = 30;

/** Without accents and capitals: "juri" finds Jüri. */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** 0: the name itself, 1: it begins so, 2: a word of it does, 3: it is somewhere inside; null: not at all. */
function rank(name: string, query: string): number | null {
  if (name === query) return 0;
  if (name.startsWith(query)) return 1;
  const at = name.indexOf(query);
  if (at < 0) return null;
  return /[\s._-]/.test(name[at - 1] ?? '') ? 2 : 3;
}

/** What a query finds, the best first; of equally good ones the order of the entries. Without a query: the pages. */
export function find(entries: readonly Entry[], query: string): Entry[] {
  const wanted = folded(query.trim());
  if (!wanted) return entries.filter((entry) => entry.kind === 'page');
  const plain = wanted.replace(/^#/, '');
  const ranked = entries.flatMap((entry) => {
    const ranks = [entry.name, entry.also].map((name) => (name ? rank(folded(name).replace(/^#/, ''), plain) : null)).filter((one) => one !== null);
    return ranks.length ? [{ entry, rank: Math.min(...ranks) }] : [];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ entry }) => entry);
}

/** What differs between two versions of a thing, in the words of the configuration document. */

export interface FieldChange {
  /** "levels › 2 › timeout". */
  path: string;
  /** Undefined: it was not there. */
  before?: string;
  after?: string;
}

type Json = unknown;

const isMap = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value in one line: "schedule own, position primary". */
export function written(value: Json): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(written).join(value.some((item) => isMap(item) || Array.isArray(item)) ? '; ' : ', ');
  if (isMap(value))
    return Object.entries(value)
      .map(([key, inner]) => `${key} ${isMap(inner) ? `(${written(inner)})` : written(inner)}`)
      .join(', ');
  return String(value);
}

/** By what the items of a list are told apart: their own name, if every one has one of its own. */
function identities(list: readonly Json[]): string[] | null {
  const names = list.map((item) => (isMap(item) ? (item.login ?? item.name ?? item.from) : undefined));
  return names.every((name) => typeof name === 'string') && new Set(names).size === names.length ? (names as string[]) : null;
}

const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

const isEmpty = (value: Json): boolean => value === undefined || value === null || (Array.isArray(value) && value.length === 0);

export function fieldChanges(before: Json, after: Json, path: string[] = []): FieldChange[] {
  if (same(before, after) || (isEmpty(before) && isEmpty(after))) return [];
  const here = path.join(' › ');
  if (isMap(before) && isMap(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => fieldChanges(before[key], after[key], [...path, key]));
  if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].every(isMap)) {
    const was = identities(before);
    const will = identities(after);
    if (was && will) {
      const found = [...new Set([...was, ...will])].flatMap((name) => fieldChanges(before[was.indexOf(name)], after[will.indexOf(name)], [...path, name]));
      // The same things in another order.
      return found.length ? found : [{ path: here, before: was.join(', '), after: will.join(', ') }];
    }
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => fieldChanges(before[index], after[index], [...path, String(index + 1)])).flat();
  }
  return [{ path: here, ...(isEmpty(before) ? {} : { before: written(before) }), ...(isEmpty(after) ? {} : { after: written(after) }) }];
}

/** My changes to `base`, made again on what somebody else has made of it; where both changed the same field, mine. */
export function rebased(base: Record<string, Json>, mine: Record<string, Json>, theirs: Record<string, Json>): Record<string, Json> {
  const result: Record<string, Json> = {};
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const value = same(base[key], mine[key]) ? theirs[key] : mine[key];
    if (value !== undefined) result[key] = value;
  }
  return result;
}

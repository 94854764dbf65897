/** One or two capitals that stand for a person: "ana.souza" → "AS", "bruno" → "BR". */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? words.slice(0, 2).map((word) => word[0]) : [...(words[0] ?? '?')].slice(0, 2);
  return letters.join('').toUpperCase();
}

const hues = new Map<string, number>();

/** A steady hue (0..359) for a name, so that a person keeps one colour everywhere. */
export function hue(name: string): number {
  let sum = hues.get(name);
  if (sum !== undefined) return sum;
  sum = 7;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  hues.set(name, sum);
  return sum;
}

/** The part of Markdown that notes are written in: paragraphs, lists, headings, quotes, code, emphasis, links. Everything else stays as it was typed; HTML is text. */

export type Inline = { kind: 'text'; text: string } | { kind: 'code'; text: string } | { kind: 'strong' | 'em' | 'del'; children: Inline[] } | { kind: 'link'; href: string; children: Inline[] };

export type Block =
  | { kind: 'paragraph' | 'heading' | 'quote'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'list'; ordered: boolean; items: Inline[][] };

const fence = /^```/;
const bullet = /^\s*[-*+]\s+(.*)$/;
const numbered = /^\s*\d+[.)]\s+(.*)$/;
const heading = /^#{1,6}\s+(.*)$/;
const quote = /^>\s?(.*)$/;

export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  const take = (pattern: RegExp, from: number): string[] => {
    const found: string[] = [];
    for (let at = from; at < lines.length; at++) {
      const match = pattern.exec(lines[at] ?? '');
      if (!match) break;
      found.push(match[1] ?? '');
    }
    return found;
  };
  const begins = (line: string): boolean => [fence, bullet, numbered, heading, quote].some((pattern) => pattern.test(line));
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    if (!line.trim()) at++;
    else if (fence.test(line)) {
      // A fence that nobody closes reaches to the end: better than losing what comes after it.
      const rest = lines.slice(at + 1);
      const end = rest.findIndex((one) => fence.test(one));
      const code = end < 0 ? rest : rest.slice(0, end);
      blocks.push({ kind: 'code', text: code.join('\n') });
      at += code.length + (end < 0 ? 1 : 2);
    } else if (bullet.test(line) || numbered.test(line)) {
      const ordered = !bullet.test(line);
      const items = take(ordered ? numbered : bullet, at);
      blocks.push({ kind: 'list', ordered, items: items.map(parseInline) });
      at += items.length;
    } else if (quote.test(line)) {
      const quoted = take(quote, at);
      blocks.push({ kind: 'quote', children: parseInline(quoted.join('\n')) });
      at += quoted.length;
    } else if (heading.test(line)) {
      blocks.push({ kind: 'heading', children: parseInline(heading.exec(line)?.[1] ?? '') });
      at++;
    } else {
      const text = [line];
      while (lines[++at]?.trim() && !begins(lines[at] ?? '')) text.push(lines[at] ?? '');
      blocks.push({ kind: 'paragraph', children: parseInline(text.join('\n')) });
    }
  }
  return blocks;
}

/** In the order in which they are looked for at one place; a link leads to the web and nowhere else. */
const spans: [RegExp, (match: RegExpExecArray) => Inline][] = [
  [/^`([^`\n]+)`/, (match) => ({ kind: 'code', text: match[1] ?? '' })],
  [/^\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/, (match) => ({ kind: 'link', href: match[2] ?? '', children: parseInline(match[1] ?? '') })],
  [/^\*\*(?=\S)([^\n]*?\S)\*\*/, (match) => ({ kind: 'strong', children: parseInline(match[1] ?? '') })],
  [/^~~(?=\S)([^\n]*?\S)~~/, (match) => ({ kind: 'del', children: parseInline(match[1] ?? '') })],
  [/^\*(?=[^\s*])([^\n*]*[^\s*])\*/, (match) => ({ kind: 'em', children: parseInline(match[1] ?? '') })],
  [/^https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]']/, (match) => ({ kind: 'link', href: match[0], children: [{ kind: 'text', text: match[0] }] })],
];

export function parseInline(source: string): Inline[] {
  const parts: Inline[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain) parts.push({ kind: 'text', text: plain });
    plain = '';
  };
  for (let at = 0; at < source.length; ) {
    const rest = source.slice(at);
    // An address inside a word is part of the word.
    const inWord = /\w/.test(source[at - 1] ?? '');
    const found = spans.map(([pattern, make]) => [pattern.exec(rest), make] as const).find(([match]) => match && !(inWord && match[0].startsWith('http')));
    if (found?.[0]) {
      flush();
      parts.push(found[1](found[0]));
      at += found[0][0].length;
    } else plain += source[at++];
  }
  flush();
  return parts;
}

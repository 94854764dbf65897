import { describe, expect, test } from 'vitest';
import { type Inline, parseInline, parseMarkdown } from '../src/lib/markdown';

const flat = (parts: Inline[]): string => parts.map((part) => (part.kind === 'text' ? part.text : part.kind === 'code' ? `<code>${part.text}` : `<${part.kind}${part.kind === 'link' ? ` ${part.href}` : ''}>${flat(part.children)}`) + (part.kind === 'text' ? '' : '</>')).join('');

describe('in a line', () => {
  test.each([
    ['rolled back **now**', 'rolled back <strong>now</>'],
    ['*careful* with `rm -rf *` and *that*', '<em>careful</> with <code>rm -rf *</> and <em>that</>'],
    ['a * b * c', 'a * b * c'],
    ['2 ** 3 ** 4', '2 ** 3 ** 4'],
    ['~~old~~ new', '<del>old</> new'],
    ['snake_case_name stays', 'snake_case_name stays'],
    ['see [the graph](https://grafana.example.com/d/1)', 'see <link https://grafana.example.com/d/1>the graph</>'],
    ['see https://grafana.example.com/d/1?a=b. Then', 'see <link https://grafana.example.com/d/1?a=b>https://grafana.example.com/d/1?a=b</>. Then'],
    ['(https://example.com/x)', '(<link https://example.com/x>https://example.com/x</>)'],
    ['[bad](javascript:alert(1))', '[bad](javascript:alert(1))'],
    ['[bad](data:text/html,x)', '[bad](data:text/html,x)'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['**unfinished', '**unfinished'],
    ['', ''],
  ])('%s', (source, expected) => {
    expect(flat(parseInline(source))).toBe(expected);
  });
});

describe('over lines', () => {
  test('paragraphs keep their line breaks', () => {
    expect(parseMarkdown('one\ntwo\n\nthree').map((block) => [block.kind, 'children' in block && flat(block.children)])).toEqual([['paragraph', 'one\ntwo'], ['paragraph', 'three']]);
  });

  test('lists, headings, quotes and code end a paragraph', () => {
    expect(parseMarkdown('Found:\n- disk\n- *load*\n1. first\n2) second\n# Next\n> said\n> more\n```sh\ndf -h\n\nls\n```\nend').map((block) => block.kind)).toEqual(['paragraph', 'list', 'list', 'heading', 'quote', 'code', 'paragraph']);
  });

  test('code keeps everything, also where nobody closed it', () => {
    expect(parseMarkdown('```\na **b**\n\n  c')).toEqual([{ kind: 'code', text: 'a **b**\n\n  c' }]);
  });

  test('a plain text is one paragraph as it was typed', () => {
    const source = 'Vacuum had stopped; restarted at 10:42 (see #12).';
    expect(parseMarkdown(source)).toEqual([{ kind: 'paragraph', children: [{ kind: 'text', text: source }] }]);
  });

  test('takes linear time for what is meant badly', () => {
    expect(parseMarkdown('*'.repeat(10_000)).length).toBe(1);
    expect(parseMarkdown('['.repeat(5_000)).length).toBe(1);
  });
});

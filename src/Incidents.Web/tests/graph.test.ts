import { describe, expect, it } from 'vitest';
import { around, box, gap, layout } from '../src/lib/graph';

const service = (name: string, ...dependsOn: string[]) => ({ name, dependsOn });
const column = (graph: ReturnType<typeof layout>, name: string) => Math.round((graph.nodes.find((node) => node.name === name)?.x ?? NaN) / (box.width + gap.x));

describe('layout', () => {
  it('puts whoever needs something left of it, by the longest way', () => {
    const graph = layout([service('c'), service('a', 'b', 'c'), service('b', 'c'), service('alone')]);
    expect(['a', 'b', 'c'].map((name) => column(graph, name))).toEqual([0, 1, 2]);
    expect(graph.nodes.map(({ name }) => name)).not.toContain('alone');
    expect(graph.edges).toHaveLength(3);
    expect(layout([service('alone')], 'alone').nodes).toHaveLength(1);
  });

  it('ends on a circle', () => {
    const graph = layout([service('a', 'b'), service('b', 'a'), service('self', 'self')]);
    expect(graph.nodes).toHaveLength(3);
    expect(graph.width).toBeGreaterThan(0);
  });

  it('lets no two boxes touch', () => {
    const many = Array.from({ length: 12 }, (_, index) => service(`s${index}`, ...(index % 3 ? [`s${index - 1}`] : [])));
    const { nodes, width, height } = layout(many);
    for (const a of nodes) {
      expect(a.x + box.width).toBeLessThanOrEqual(width);
      expect(a.y + box.height).toBeLessThanOrEqual(height);
      for (const b of nodes) expect(a === b || Math.abs(a.x - b.x) >= box.width || Math.abs(a.y - b.y) >= box.height).toBe(true);
    }
  });
});

describe('around', () => {
  it('is everything above and below, and nothing beside', () => {
    const all = [service('web', 'api'), service('api', 'db'), service('db'), service('batch', 'db'), service('other', 'api', 'beside'), service('beside')];
    expect(around(all, 'api').map(({ name }) => name)).toEqual(['web', 'api', 'db', 'other']);
    expect(around(all, 'api').find(({ name }) => name === 'other')?.dependsOn).toEqual(['api']);
  });
});

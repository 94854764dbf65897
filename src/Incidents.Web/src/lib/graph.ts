/** Places the services and what they need from left to right: whoever needs something stands left of it. */

export interface GraphNode {
  name: string;
  x: number;
  y: number;
}

export interface GraphEdge {
  from: string;
  to: string;
  /** An SVG path. */
  path: string;
}

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
  width: number;
  height: number;
}

export const box = { width: 150, height: 42 } as const;
export const gap = { x: 72, y: 16 } as const;
const margin = 4;

interface Needy {
  name: string;
  dependsOn: readonly string[];
}

/** How far right each stands: one more than everybody who needs it. What closes a circle does not push any further. */
function columns(services: readonly Needy[]): Map<string, number> {
  const column = new Map(services.map(({ name }) => [name, 0]));
  const needs = new Map(services.map(({ name, dependsOn }) => [name, dependsOn]));
  const visit = (name: string, at: number, way: readonly string[]): void => {
    if (way.includes(name)) return;
    if (at > (column.get(name) ?? 0)) column.set(name, at);
    else if (at < (column.get(name) ?? 0)) return;
    for (const next of needs.get(name) ?? []) if (column.has(next)) visit(next, at + 1, [...way, name]);
  };
  for (const { name } of services) visit(name, 0, []);
  return column;
}

/** Within a column by the middle of their neighbours on the left, so that lines cross little. */
function ordered(names: string[], left: ReadonlyMap<string, number>, needs: ReadonlyMap<string, readonly string[]>): string[] {
  const middle = (name: string): number => {
    const places = [...left].filter(([other]) => needs.get(other)?.includes(name)).map(([, place]) => place);
    return places.length ? places.reduce((sum, place) => sum + place, 0) / places.length : Number.MAX_SAFE_INTEGER;
  };
  return names.sort((a, b) => middle(a) - middle(b) || a.localeCompare(b));
}

/** Those that need or are needed; a service that stands alone is left out, unless it is `also`. */
export function layout(services: readonly Needy[], also?: string): Graph {
  const needed = new Set(services.flatMap(({ dependsOn }) => dependsOn));
  const shown = services.filter(({ name, dependsOn }) => dependsOn.length > 0 || needed.has(name) || name === also);
  const needs = new Map(shown.map(({ name, dependsOn }) => [name, dependsOn]));
  const column = columns(shown);
  const count = Math.max(-1, ...column.values()) + 1;
  const lists: string[][] = [];
  let left = new Map<string, number>();
  for (let index = 0; index < count; index++) {
    const list = ordered(shown.map(({ name }) => name).filter((name) => column.get(name) === index), left, needs);
    lists.push(list);
    left = new Map([...left, ...list.map((name, place): [string, number] => [name, place])]);
  }
  const tallest = Math.max(0, ...lists.map((list) => list.length));
  const height = tallest * (box.height + gap.y) - gap.y;
  const nodes = lists.flatMap((list, index) => {
    const top = (height - (list.length * (box.height + gap.y) - gap.y)) / 2;
    return list.map((name, place) => ({ name, x: margin + index * (box.width + gap.x), y: margin + top + place * (box.height + gap.y) }));
  });
  const at = new Map(nodes.map((node) => [node.name, node]));
  const edges = shown.flatMap(({ name, dependsOn }) =>
    dependsOn.flatMap((other) => {
      const [start, end] = [at.get(name), at.get(other)];
      if (!start || !end) return [];
      const [x1, y1, x2, y2] = [start.x + box.width, start.y + box.height / 2, end.x - 5, end.y + box.height / 2];
      const bend = Math.max(30, Math.abs(x2 - x1) / 2);
      return [{ from: name, to: other, path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` }];
    }),
  );
  return { nodes, edges, width: Math.max(0, count * (box.width + gap.x) - gap.x) + 2 * margin, height: Math.max(0, height) + 2 * margin };
}

/** A service with everything that it needs or that needs it, at any distance. */
export function around<T extends Needy>(services: readonly T[], name: string): T[] {
  const reach = (next: (name: string) => readonly string[]): Set<string> => {
    const seen = new Set([name]);
    for (const one of seen) for (const other of next(one)) seen.add(other);
    return seen;
  };
  const down = reach((one) => services.find((service) => service.name === one)?.dependsOn ?? []);
  const up = reach((one) => services.filter(({ dependsOn }) => dependsOn.includes(one)).map((service) => service.name));
  return services.filter((service) => down.has(service.name) || up.has(service.name)).map((service) => ({ ...service, dependsOn: service.dependsOn.filter((other) => down.has(other) || up.has(other)) }));
}

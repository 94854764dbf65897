import { Link } from 'react-router';
import type { Service } from '../../api/types';
import { box, layout } from '../../lib/graph';
import { orgText as t } from '../../text/organisation';
import styles from './DependencyGraph.module.css';

interface Props {
  services: readonly Service[];
  /** Open incidents by service. */
  open: ReadonlyMap<string, number>;
  /** The one that it is about. */
  current?: string;
}

/** Who needs whom, from left to right. Boxes are links; for who cannot see it, the same in a sentence. */
export function DependencyGraph({ services, open, current }: Props) {
  const { nodes, edges, width, height } = layout(services, current);
  const pools = new Map(services.map(({ name, pool }) => [name, pool]));
  const sentence = services
    .filter(({ dependsOn }) => dependsOn.length > 0)
    .map(({ name, dependsOn }) => t.service.needs(name, dependsOn.join(', ')))
    .join('; ');
  return (
    <div className={styles.frame} role="group" aria-label={t.service.graphLabel(sentence)} tabIndex={0}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} className={styles.graph}>
        <defs>
          <marker id="needs" viewBox="0 0 8 8" refX="6.5" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M1 1l5.5 3L1 7" fill="none" stroke="context-stroke" strokeWidth="1.4" strokeLinecap="round" />
          </marker>
        </defs>
        {edges.map((edge) => (
          <path key={`${edge.from} ${edge.to}`} d={edge.path} className={styles.edge} data-bad={!!open.get(edge.to) || undefined} markerEnd="url(#needs)" />
        ))}
        {nodes.map(({ name, x, y }) => (
          <Link key={name} to={`/services/${encodeURIComponent(name)}`} className={styles.node} data-current={name === current || undefined} aria-label={`${name}, ${t.pool(pools.get(name) ?? '')}${open.get(name) ? `, ${t.service.open(open.get(name) ?? 0)}` : ''}`}>
            <rect x={x} y={y} width={box.width} height={box.height} rx={9} />
            <circle cx={x + 16} cy={y + box.height / 2} r={4} data-bad={!!open.get(name) || undefined} />
            <text x={x + 28} y={y + box.height / 2 + 4.5}>
              {name.length > 16 ? `${name.slice(0, 15)}…` : name}
            </text>
          </Link>
        ))}
      </svg>
    </div>
  );
}

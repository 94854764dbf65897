import { type ReactNode, useMemo } from 'react';
import { type ScheduleTimeline, useOpenSwaps } from '../../api/drafts';
import { usePeople } from '../../api/queries';
import { useNow } from '../../lib/clock';
import type { Strip } from '../../lib/timeline';
import { minute } from '../../lib/zone';
import { draftText as t } from '../../text/drafts';
import { MiniRow } from './MiniRow';
import styles from './Rows.module.css';
import type { OnTip } from './Timeline';

interface Options {
  schedule: string;
  timeline: ScheduleTimeline | undefined;
  layers: boolean;
  /** What stands before a layer's row; its name, unless given. */
  layerLabel?: (name: string) => ReactNode;
  /** Rows between those of the layers and the others. */
  between?: (strip: Strip, onTip: OnTip) => ReactNode;
}

/** The rows over the final schedule: its layers, who is away, open swap requests. */
export function useExtraRows({ schedule, timeline, layers, layerLabel, between }: Options): (strip: Strip, onTip: OnTip) => ReactNode {
  const names = usePeople().data;
  const now = useNow(minute);
  const swaps = useOpenSwaps(schedule).data;
  const asked = useMemo(
    () => (swaps ?? []).flatMap((swap) => swap.open.map(({ from, to }) => ({ people: [swap.person], from, until: to }))),
    [swaps],
  );
  const away = useMemo(() => (timeline?.absences ?? []).map(({ person, from, to }) => ({ people: [person], from, until: to })), [timeline?.absences]);
  // The highest layer stands highest, as it wins.
  const lines = useMemo(() => (layers ? [...(timeline?.layers ?? [])].map((line, index) => ({ line, index })).sort((a, b) => b.line.level - a.line.level || b.index - a.index) : []), [layers, timeline?.layers]);
  const labels = useMemo(() => new Map(lines.map(({ line }) => [line.name, layerLabel?.(line.name) ?? <span className={styles.name} title={line.name}>{line.name}</span>])), [lines, layerLabel]);
  return (strip, onTip) => (
    <>
      {lines.map(({ line }) => (
        <MiniRow
          key={line.name}
          strip={strip}
          row={`layer ${line.name}`}
          label={labels.get(line.name)}
          items={line.items}
          kind="layer"
          position={line.position}
          why={t.rows.layer(line.name)}
          names={names}
          now={now}
          onTip={onTip}
        />
      ))}
      {between?.(strip, onTip)}
      {away.some((item) => Date.parse(item.from) < strip.to && Date.parse(item.until) > strip.from) && (
        <MiniRow strip={strip} row="away" label={t.rows.away} items={away} kind="away" position="" why={t.rows.away} names={names} now={now} onTip={onTip} />
      )}
      {asked.some((item) => Date.parse(item.from) < strip.to && Date.parse(item.until) > strip.from) && (
        <MiniRow strip={strip} row="swaps" label={t.rows.swaps} items={asked} kind="swap" position="" why={t.rows.swaps} names={names} now={now} onTip={onTip} />
      )}
    </>
  );
}

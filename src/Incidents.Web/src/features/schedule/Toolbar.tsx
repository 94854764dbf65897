import { ActionIcon, Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { viewerZone } from '../../lib/time';
import { step, type Strip, type Zoom, zooms } from '../../lib/timeline';
import { offsetAt, writeDate, zoneName } from '../../lib/zone';
import { draftText as d } from '../../text/drafts';
import { scheduleText as t } from '../../text/schedules';
import { IconChevronLeft, IconChevronRight, IconReplace, IconStack2, IconWorld } from '../../ui/icons';
import { useKeys } from '../../app/useKeys';
import { Tip } from '../../ui/Tip';
import { ShareMenu } from './ShareMenu';
import styles from './Toolbar.module.css';
import type { View, ViewChange } from './view';

interface Props {
  view: View;
  change: (change: ViewChange) => void;
  strips: Strip[];
  schedule: string;
  scheduleZone: string;
  onCover?: () => void;
}

/** Whose clocks may stand beside the axis: the schedule's, the viewer's, those of its people; not the axis' own, and at most four. */
export function zonesOf(axis: string, scheduleZone: string, people: readonly (string | null | undefined)[]): string[] {
  return [...new Set([scheduleZone, viewerZone(), ...people])].filter((zone): zone is string => !!zone && zone !== axis).slice(0, 4);
}

export function Toolbar({ view, change, strips, schedule, scheduleZone, onCover }: Props) {
  const { zoom, form, zone, date, today, layers, zones, draft } = view;
  const fine = zoom === 'day' || zoom === 'week';
  const go = (by: 1 | -1): void => change({ date: step(zoom, date, by) });
  useKeys({ t: () => change({ date: null }) });
  const mine = viewerZone();
  const elsewhere = offsetAt(strips[0]?.from ?? 0, mine) !== offsetAt(strips[0]?.from ?? 0, scheduleZone) || zone !== mine;

  return (
    <div className={styles.toolbar}>
      <div className={styles.when}>
        <Button size="xs" variant="default" disabled={date === today} onClick={() => change({ date: null })}>
          {t.timeline.today}
        </Button>
        <Tip label={t.timeline.previous[zoom]}>
          <ActionIcon variant="subtle" color="gray" size={30} aria-label={t.timeline.previous[zoom]} onClick={() => go(-1)}>
            <IconChevronLeft size={18} />
          </ActionIcon>
        </Tip>
        <Tip label={t.timeline.next[zoom]}>
          <ActionIcon variant="subtle" color="gray" size={30} aria-label={t.timeline.next[zoom]} onClick={() => go(1)}>
            <IconChevronRight size={18} />
          </ActionIcon>
        </Tip>
        <h2 className={`${styles.title} num`} aria-live="polite">
          {titleOf(zoom, date, strips)}
        </h2>
      </div>
      <div className={styles.how}>
        {elsewhere && (
          <NativeSelect
            size="xs"
            aria-label={t.timeline.zone}
            value={zone === mine ? 'mine' : 'schedule'}
            data={[
              { value: 'mine', label: t.timeline.yours(zoneName(mine)) },
              { value: 'schedule', label: t.timeline.theirs(zoneName(scheduleZone)) },
            ]}
            onChange={(event) => change({ zone: event.currentTarget.value })}
          />
        )}
        <SegmentedControl size="xs" aria-label={t.timeline.zoom} value={zoom} data={zooms.map((value) => ({ value, label: t.timeline.zooms[value] }))} onChange={(value) => change({ zoom: value as Zoom })} />
        {!draft && (
          <SegmentedControl
            size="xs"
            aria-label={t.timeline.form}
            value={form}
            data={(['timeline', 'list'] as const).map((value) => ({ value, label: t.timeline.forms[value] }))}
            onChange={(value) => change({ form: value as View['form'] })}
          />
        )}
        {form === 'timeline' && (
          <span className={styles.show} role="group" aria-label={d.show.label}>
            <button type="button" className={styles.toggle} aria-pressed={layers} onClick={() => change({ layers: layers ? (draft ? '0' : null) : draft ? null : '1' })}>
              <IconStack2 size={15} aria-hidden /> {d.show.layers}
            </button>
            {fine && (
              <button type="button" className={styles.toggle} aria-pressed={zones} onClick={() => change({ zones: zones ? '0' : '1' })}>
                <IconWorld size={15} aria-hidden /> {d.show.zones}
              </button>
            )}
          </span>
        )}
        {!draft && <ShareMenu schedule={schedule} />}
        {onCover && (
          <Button size="xs" leftSection={<IconReplace size={15} />} onClick={onCover}>
            {t.cover.button}
          </Button>
        )}
      </div>
    </div>
  );
}

function titleOf(zoom: Zoom, date: string, strips: Strip[]): string {
  if (zoom === 'quarter') {
    const [first, last] = [strips[0]?.days[0]?.date ?? date, strips[0]?.days.at(-1)?.date ?? date];
    return `${writeDate(first, { month: 'short' })} – ${writeDate(last, { month: 'short', year: 'numeric' })}`;
  }
  if (zoom === 'month') return writeDate(date, { month: 'long', year: 'numeric' });
  const first = strips[0]?.days[0]?.date ?? date;
  const last = strips[0]?.days.at(-1)?.date ?? date;
  const end = writeDate(last, { day: 'numeric', month: 'short', year: 'numeric' });
  if (first === last) return writeDate(date, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const year = first.slice(0, 4) === last.slice(0, 4);
  const month = year && first.slice(0, 7) === last.slice(0, 7);
  return `${writeDate(first, { day: 'numeric', month: month ? undefined : 'short', year: year ? undefined : 'numeric' })} – ${end}`;
}

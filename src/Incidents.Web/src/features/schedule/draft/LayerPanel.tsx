import { ActionIcon, Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Calendar } from '../../../api/scheduleTypes';
import { type LayerDoc, levelOf } from '../../../lib/draft';
import { writeDate, zoneName } from '../../../lib/zone';
import { draftText } from '../../../text/drafts';
import { scheduleText } from '../../../text/schedules';
import { IconArrowDown, IconArrowUp, IconTrash } from '../../../ui/icons';
import styles from './LayerPanel.module.css';
import { SlotList } from './SlotList';
import { WindowList } from './WindowList';

const t = draftText.layer;

interface Props {
  layers: readonly LayerDoc[];
  name: string;
  scheduleZone: string;
  people: readonly string[];
  calendars: readonly Calendar[];
  /** What the server finds wrong with a field of this layer. */
  faultOf: (field: string) => string | undefined;
  onChange: (layers: LayerDoc[], name: string) => void;
  onClose: () => void;
}

const zones = (): string[] => Intl.supportedValuesOf('timeZone');

/** One layer of the draft, as a form beside the timeline. Every change is in the draft at once. */
export default function LayerPanel({ layers, name, scheduleZone, people, calendars, faultOf, onChange, onClose }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [name]);
  const index = layers.findIndex((layer) => layer.name === name);
  const layer = layers[index];
  if (!layer) return null;
  const set = (part: Partial<LayerDoc>): void => {
    const next = without({ ...layer, ...part });
    const renamed = layers.map((one, at) => (at === index ? next : one.nextInOrderOf === name && part.name ? { ...one, nextInOrderOf: part.name } : one));
    onChange(renamed, next.name);
  };
  const follows = layer.nextInOrderOf !== undefined;
  const others = layers.filter((one) => one !== layer && !one.nextInOrderOf).map((one) => one.name);
  const [, count = '1', unit = 'w'] = /^(\d+)(h|d|w|mo)$/.exec(layer.turn ?? '1w') ?? [];
  const [date = '', clock = '00:00'] = (layer.start ?? '').split('T');
  const start = (day: string, time: string): void => set({ start: day ? `${day}T${time || '00:00'}` : undefined });
  const level = levelOf(layers, index);
  const rank = [...layers].map((one, at) => ({ one, level: levelOf(layers, at) })).sort((a, b) => a.level - b.level);
  const below = rank.filter((other) => other.level < level && (other.one.position ?? 'primary') === (layer.position ?? 'primary')).map((other) => other.one.name);

  /** Changes places with the next one up or down, every layer keeping a level of its own. */
  const raise = (by: 1 | -1): void => {
    const at = rank.findIndex(({ one }) => one === layer);
    const other = rank[at + by];
    if (!other) return;
    const order = rank.map(({ one }) => one);
    order[at] = other.one;
    order[at + by] = layer;
    onChange(layers.map((one, place) => leveled(one, order.indexOf(one) + 1, place)), name);
  };

  return (
    <section className={styles.panel} aria-label={t.title(name)}>
      <div className={styles.head}>
        <h2 ref={heading} tabIndex={-1}>
          {t.title(name)}
        </h2>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t.done}
        </Button>
      </div>
      <div className={styles.pair}>
        <TextInput
          key={name}
          size="xs"
          label={t.name}
          defaultValue={layer.name}
          error={faultOf('name')}
          onBlur={(event) => {
            const wanted = event.currentTarget.value.trim();
            if (wanted && wanted !== name && layers.every((one) => one.name !== wanted)) set({ name: wanted });
            else event.currentTarget.value = name;
          }}
        />
        <NativeSelect
          size="xs"
          label={t.position}
          value={layer.position ?? 'primary'}
          data={['primary', 'secondary'].map((value) => ({ value, label: scheduleText.position[value] ?? value }))}
          onChange={(event) => set({ position: event.currentTarget.value })}
        />
      </div>
      {others.length > 0 && (layer.position === 'secondary' || follows) && (
        <div className={styles.choice}>
          <span aria-hidden>{t.kind}</span>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t.kind}
            value={follows ? 'next' : 'own'}
            data={(['own', 'next'] as const).map((value) => ({ value, label: t.kinds[value] }))}
            onChange={(kind) => set(kind === 'next' ? { nextInOrderOf: others[0], start: undefined, turn: undefined, slots: undefined, advance: undefined } : { nextInOrderOf: undefined, ...ownOrder(layers, layer) })}
          />
        </div>
      )}
      {follows ? (
        <NativeSelect size="xs" label={t.nextOf} value={layer.nextInOrderOf} data={others} onChange={(event) => set({ nextInOrderOf: event.currentTarget.value })} />
      ) : (
        <>
          <SlotList slots={layer.slots ?? []} people={people} error={faultOf('slots')} onChange={(slots) => set({ slots })} />
          <div className={styles.pair}>
            <TextInput size="xs" type="number" min={1} label={t.length} value={count} error={faultOf('turn')} onChange={(event) => set({ turn: `${Math.max(1, Math.floor(Number(event.currentTarget.value)) || 1)}${unit}` })} />
            <NativeSelect size="xs" label=" " aria-label={t.length} value={unit} data={Object.entries(t.units).map(([value, label]) => ({ value, label }))} onChange={(event) => set({ turn: `${count}${event.currentTarget.value}` })} />
            <TextInput size="xs" type="date" label={t.starts} value={date} error={faultOf('start')} onChange={(event) => start(event.currentTarget.value, clock)} />
            <TextInput size="xs" type="time" label={t.handoff} value={clock.slice(0, 5)} onChange={(event) => start(date, event.currentTarget.value)} />
            {date && <p className={styles.wide}>{t.handoffHint(writeDate(date, { weekday: 'long' }))}</p>}
          </div>
        </>
      )}
      <div className={styles.pair}>
        <NativeSelect
          size="xs"
          label={t.zone}
          value={layer.zone ?? ''}
          error={faultOf('zone')}
          data={[{ value: '', label: t.zoneOf(zoneName(scheduleZone)) }, ...zones().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))]}
          onChange={(event) => set({ zone: event.currentTarget.value || undefined })}
        />
        <TextInput size="xs" type="date" label={t.until} description={undefined} value={layer.until?.slice(0, 10) ?? ''} error={faultOf('until')} onChange={(event) => set({ until: event.currentTarget.value ? `${event.currentTarget.value}T${clock || '00:00'}` : undefined })} />
      </div>
      <WindowList windows={layer.windows ?? []} calendars={calendars} error={faultOf('windows')} onChange={(windows) => set({ windows: windows.length ? windows : undefined })} />
      {!!layer.windows?.length && !follows && (
        <label className={styles.check}>
          <input type="checkbox" checked={layer.advance === 'worked-turns'} onChange={(event) => set({ advance: event.currentTarget.checked ? 'worked-turns' : undefined })} />
          {t.worked}
        </label>
      )}
      <div className={styles.level}>
        <span>
          {t.level} <b>{t.levels(below.join(', '))}</b>
        </span>
        <ActionIcon size={28} variant="default" aria-label={t.raise} disabled={rank.at(-1)?.one === layer} onClick={() => raise(1)}>
          <IconArrowUp size={15} />
        </ActionIcon>
        <ActionIcon size={28} variant="default" aria-label={t.lower} disabled={rank[0]?.one === layer} onClick={() => raise(-1)}>
          <IconArrowDown size={15} />
        </ActionIcon>
      </div>
      <div>
        <Button size="xs" variant="subtle" color="red" leftSection={<IconTrash size={14} />} onClick={() => onChange(layers.filter((one) => one !== layer && one.nextInOrderOf !== name), '')}>
          {t.remove}
        </Button>
      </div>
    </section>
  );
}

/** An order to begin with: that of the layer which it has followed. */
function ownOrder(layers: readonly LayerDoc[], layer: LayerDoc): Partial<LayerDoc> {
  const followed = layers.find((one) => one.name === layer.nextInOrderOf);
  return { start: followed?.start, turn: followed?.turn ?? '1w', slots: followed?.slots ?? [] };
}

/** With its place as the level left out, as the document does. */
function leveled(layer: LayerDoc, level: number, place: number): LayerDoc {
  return without({ ...layer, level: level === place + 1 ? undefined : level });
}

/** Without fields that are not set, in the document's order. */
function without(layer: LayerDoc): LayerDoc {
  const { name, position, level, zone, start, until, turn, slots, windows, advance, nextInOrderOf } = layer;
  return JSON.parse(JSON.stringify({ name, position, level, zone, start, until, turn, slots, windows, advance, nextInOrderOf })) as LayerDoc;
}

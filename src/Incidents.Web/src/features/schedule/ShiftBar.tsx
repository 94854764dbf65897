import { memo } from 'react';
import type { Shift } from '../../api/scheduleTypes';
import { hue } from '../../lib/people';
import { endOf, intervalText, isGap, startOf } from '../../lib/shifts';
import type { Bar, Strip } from '../../lib/timeline';
import { scheduleText as t } from '../../text/schedules';
import { IconArrowsExchange, IconCalendarTime, IconReplace, IconUserOff } from '../../ui/icons';
import { PersonMark } from '../../ui/PersonMark';
import { useNameOf } from '../../ui/usePeopleNames';
import type { Tip } from './ShiftTip';
import styles from './Timeline.module.css';
import type { Range } from './useRange';

interface Props {
  bar: Bar<Shift>;
  strip: Strip;
  /** Too narrow for anything but its colour. */
  bare: boolean;
  /** The timeline's one tab stop. */
  first: boolean;
  now: number;
  onTip: (tip: Tip | null) => void;
  onCover?: (range: Range) => void;
}

const signs = { override: IconReplace, swap: IconArrowsExchange, temporary: IconCalendarTime } as const;

export const ShiftBar = memo(function ShiftBar({ bar, strip, bare, first, now, onTip, onCover }: Props) {
  const { item, left, width, lane, before, after } = bar;
  const nameOf = useNameOf();
  const gap = isGap(item);
  const who = gap ? t.gap : item.people.map(nameOf).join(', ');
  const why = (t.why[item.why.kind] ?? t.why.layer)?.(item.why.name) ?? '';
  const Sign = item.why.kind in signs ? signs[item.why.kind as keyof typeof signs] : null;
  const from = Math.max(startOf(item), strip.from);
  const to = Math.min(endOf(item), strip.to);

  const cover = (): void => onCover?.({ position: item.position, from: Math.max(startOf(item), now), to: Number.isFinite(endOf(item)) ? endOf(item) : to });

  return (
    <button
      type="button"
      className={styles.bar}
      data-bar
      data-gap={gap || undefined}
      data-why={item.why.kind}
      data-before={before || undefined}
      data-after={after || undefined}
      data-past={endOf(item) <= now || undefined}
      data-row={item.position}
      data-from={from}
      data-to={to}
      tabIndex={first ? 0 : -1}
      aria-label={`${t.position[item.position] ?? item.position}: ${gap ? t.gapLong : who}, ${intervalText(item.from, item.until, now)}. ${why}`}
      aria-haspopup={onCover ? 'dialog' : undefined}
      style={{ left: `${100 * left}%`, width: `${100 * width}%`, '--lane': lane, '--hue': hue(item.people[0] ?? '') } as React.CSSProperties}
      onMouseEnter={(event) => onTip({ shift: item, box: event.currentTarget.getBoundingClientRect() })}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && onTip({ shift: item, box: event.currentTarget.getBoundingClientRect() })}
      onBlur={() => onTip(null)}
      onClick={cover}
    >
      <span className={styles.content}>
        {bare ? null : gap ? <IconUserOff size={15} aria-hidden /> : item.people.slice(0, 2).map((person) => <PersonMark key={person} login={person} label={false} decorative size={20} />)}
        {!bare && <span className={styles.who}>{who}</span>}
        {!bare && Sign && <Sign size={14} className={styles.sign} aria-hidden />}
      </span>
    </button>
  );
});

import { type FocusEvent, memo, type MouseEvent, type ReactNode } from 'react';
import { hue } from '../../lib/people';
import { knownIntervalText } from '../../lib/shifts';
import { barsOf, type Strip } from '../../lib/timeline';
import styles from './Rows.module.css';
import type { OnTip } from './Timeline';

export interface MiniItem {
  people: readonly string[];
  from: string;
  until: string;
}

interface Props {
  strip: Strip;
  /** Tells the row from others. */
  row: string;
  label: ReactNode;
  items: readonly MiniItem[];
  kind: 'layer' | 'away' | 'swap';
  position: string;
  /** Why they are there, in a tip. */
  why: string;
  names: ReadonlyMap<string, string> | undefined;
  now: number;
  onTip: OnTip;
}

/** So much of the strip's width has room for a name. */
const wordy = 0.025;

/** A row of small bars: one layer by itself, who is away, what is asked for. Thousands of them may be there, so each is one element and the row listens. */
export const MiniRow = memo(function MiniRow({ strip, row, label, items, kind, position, why, names, now, onTip }: Props) {
  const bars = barsOf(strip, items);
  const lanes = Math.max(1, ...bars.map((bar) => bar.lane + 1));
  const tell = (event: MouseEvent<HTMLElement> | FocusEvent<HTMLElement>): void => {
    const target = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    const bar = target && bars[Number(target.dataset.index)];
    if (!target || !bar) return;
    const { people, from, until } = bar.item;
    onTip({ shift: { schedule: '', team: null, pool: null, position, people: [...people], from, until, why: { kind: 'layer', name: null } }, why, box: target.getBoundingClientRect() });
  };
  return (
    <div className={styles.row}>
      <div className={styles.label}>{label}</div>
      <div
        className={styles.track}
        style={{ '--lanes': lanes } as React.CSSProperties}
        onMouseOver={tell}
        onFocus={(event) => event.target.matches(':focus-visible') && tell(event)}
        onBlur={() => onTip(null)}
        onMouseLeave={() => onTip(null)}
      >
        {bars.map(({ item, left, width, lane, ends }, index) => {
          const who = item.people.map((login) => names?.get(login) ?? login).join(', ');
          return (
            // No button: nothing comes of pressing it, and Chromium lays out a button twice.
            <span
              key={index}
              role="img"
              className={width > wordy ? styles.named : styles.mini}
              data-bar
              data-row={row}
              data-index={index}
              data-kind={kind === 'layer' ? undefined : kind}
              data-past={ends <= now || undefined}
              tabIndex={-1}
              aria-label={`${who}, ${knownIntervalText(item.from, item.until, now)}. ${why}`}
              style={{ left: `${100 * left}%`, width: `${100 * width}%`, '--lane': lane, '--hue': hue(item.people[0] ?? '') } as React.CSSProperties}
            >
              {width > wordy ? who : null}
            </span>
          );
        })}
      </div>
    </div>
  );
});

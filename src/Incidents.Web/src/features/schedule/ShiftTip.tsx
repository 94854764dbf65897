import { useLayoutEffect, useRef, useState } from 'react';
import type { Shift } from '../../api/scheduleTypes';
import { useNow } from '../../lib/clock';
import { intervalText, isGap } from '../../lib/shifts';
import { longLength } from '../../lib/time';
import { minute, zoneName } from '../../lib/zone';
import { scheduleText as t } from '../../text/schedules';
import { useNameOf } from '../../ui/usePeopleNames';
import styles from './ShiftTip.module.css';

export interface Tip {
  shift: Shift;
  /** What is said instead of the shift's own reason. */
  why?: string;
  /** Of the bar, in the window. */
  box: DOMRect;
}

/** Who, when and why, beside the bar under the pointer or the focus. Screen readers have the same in the bar's own name. */
export function ShiftTip({ tip: { shift, why, box }, zone, otherZone }: { tip: Tip; zone: string; otherZone: string }) {
  const now = useNow(minute);
  const nameOf = useNameOf();
  const ref = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ left: 0, top: 0 });

  useLayoutEffect(() => {
    const own = ref.current?.getBoundingClientRect();
    if (!own) return;
    const above = box.top - own.height - 8;
    const middle = (Math.max(box.left, 0) + Math.min(box.right, window.innerWidth)) / 2;
    setAt({
      left: Math.max(8, Math.min(window.innerWidth - own.width - 8, middle - own.width / 2)),
      top: above > 60 ? above : box.bottom + 8,
    });
  }, [box, shift]);

  const gap = isGap(shift);
  return (
    <div ref={ref} className={styles.tip} style={at} aria-hidden data-gap={gap || undefined}>
      <strong>{gap ? t.gapLong : shift.people.map(nameOf).join(', ')}</strong>
      <span className={styles.position}>{t.position[shift.position] ?? shift.position}</span>
      <span className="num">{intervalText(shift.from, shift.until, now, zone)}</span>
      {otherZone !== zone && (
        <span className={`${styles.other} num`}>
          {intervalText(shift.from, shift.until, now, otherZone)} {t.timeline.here(zoneName(otherZone))}
        </span>
      )}
      {shift.from && shift.until && <span className={styles.other}>{t.timeline.length(longLength(Date.parse(shift.until) - Date.parse(shift.from)))}</span>}
      <span className={styles.why} data-kind={shift.why.kind}>
        {why ?? (t.why[shift.why.kind] ?? t.why.layer)?.(shift.why.name)}
      </span>
    </div>
  );
}

import type { Difference } from '../../../api/scheduleTypes';
import { hue } from '../../../lib/people';
import { place, type Strip } from '../../../lib/timeline';
import { draftText as t } from '../../../text/drafts';
import styles from './DraftEditor.module.css';

interface Props {
  strip: Strip;
  changes: Difference['changes'];
  /** Of a row that is not the first. */
  second: boolean;
  nameOf: (login: string) => string;
}

/** Over the final shifts: where somebody else is on call than in the live schedule, and who that was. */
export function ChangeMarks({ strip, changes, second, nameOf }: Props) {
  return changes
    .filter((one) => Date.parse(one.from) < strip.to && Date.parse(one.to) > strip.from)
    .map((one) => {
      const left = place(strip, Date.parse(one.from));
      const width = place(strip, Date.parse(one.to)) - left;
      const where = { left: `${100 * left}%`, width: `${100 * width}%` };
      return [
        <span key={`was ${one.from}`} className={styles.was} data-second={second || undefined} style={{ ...where, '--hue': hue(one.before[0] ?? '') } as React.CSSProperties} title={t.compare.was(one.before.map(nameOf).join(', ') || t.compare.nobody)} />,
        // Beside others as narrow as itself a ring would hide more than it shows.
        width > 0.015 && <span key={`is ${one.from}`} className={styles.changed} data-second={second || undefined} style={where} />,
      ];
    });
}

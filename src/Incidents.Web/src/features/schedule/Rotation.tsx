import { Fragment } from 'react';
import type { Layer, Schedule } from '../../api/scheduleTypes';
import { turnText, windowText } from '../../lib/shifts';
import { zoneName } from '../../lib/zone';
import { scheduleText as t } from '../../text/schedules';
import { IconArrowRight } from '../../ui/icons';
import { PersonMark } from '../../ui/PersonMark';
import page from '../page.module.css';
import styles from './cards.module.css';

/** The layers in words: who follows whom, how long, and when. */
export function Rotation({ schedule }: { schedule: Schedule }) {
  return (
    <section aria-label={t.layers.title}>
      <div className={styles.head}>
        <h2 className={page.heading}>{t.layers.title}</h2>
      </div>
      <ul className={`card ${styles.list}`}>
        {schedule.layers.map((layer) => (
          <li key={layer.name} className={styles.item}>
            <div className={styles.line}>
              <strong>{layer.name}</strong>
              <span className={styles.dim}>{t.position[layer.position] ?? layer.position}</span>
            </div>
            {layer.nextInOrderOf ? (
              <p className={styles.detail}>{t.layers.next(layer.nextInOrderOf)}</p>
            ) : (
              <>
                <p className={styles.order}>
                  {layer.slots.map((slot, index) => (
                    <Fragment key={index}>
                      {index > 0 && <IconArrowRight size={13} aria-hidden className={styles.arrow} />}
                      <span className={styles.slot}>
                        {slot.length === 0 ? <span className={styles.dim}>{t.layers.nobody}</span> : slot.map((person) => <PersonMark key={person} login={person} size={18} />)}
                      </span>
                    </Fragment>
                  ))}
                </p>
                <p className={styles.detail}>{describe(layer, schedule.zone)}</p>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function describe(layer: Layer, zone: string): string {
  const start = layer.start?.replace('T', ' ');
  const on = layer.windows.map((window) => `${windowText(window)}${window.on === 'workdays' ? `, ${t.layers.workdays}` : window.on.startsWith('holidays') ? `, ${t.layers.holidays}` : ''}`);
  return [
    layer.turn && layer.slots.length > 1 && t.layers.turns(turnText(layer.turn)),
    ...on,
    layer.advance === 'worked-turns' && on.length > 0 && t.layers.worked,
    start && `${start.slice(11)} ${zoneName(layer.zone ?? zone)}`,
    layer.until && t.layers.until(layer.until.slice(0, 10)),
  ]
    .filter(Boolean)
    .join(' · ');
}

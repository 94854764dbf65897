import { useAsOf, useWaiting } from '../lib/offline';
import { dayTime } from '../lib/time';
import { text } from '../text/en';
import styles from './LivePill.module.css';

/** Says that what is shown is not live, and since when. */
export function OfflineBar() {
  const asOf = useAsOf();
  const waiting = useWaiting().size;
  if (!asOf && !waiting) return null;
  return (
    <p className={styles.bar} role="status">
      {asOf && (
        <>
          <b>{text.offline.bar(dayTime(asOf, Date.now()))}</b> {text.offline.hint}{' '}
        </>
      )}
      {waiting > 0 && text.offline.waiting(waiting)}
    </p>
  );
}

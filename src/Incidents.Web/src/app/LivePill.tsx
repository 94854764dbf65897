import { VisuallyHidden } from '@mantine/core';
import { useLive } from '../api/live';
import { text } from '../text/en';
import { Tip } from '../ui/Tip';
import styles from './LivePill.module.css';

export function LivePill({ compact = false }: { compact?: boolean }) {
  const state = useLive();
  const label = compact && state === 'live' ? <VisuallyHidden>{text.live.live}</VisuallyHidden> : text.live[state];
  return (
    <Tip label={text.live.hint[state]}>
      <span className={styles.pill} data-state={state} role="status">
        <span className={styles.dot} aria-hidden />
        {label}
      </span>
    </Tip>
  );
}

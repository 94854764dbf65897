import { Tooltip, VisuallyHidden } from '@mantine/core';
import { useLive } from '../api/live';
import { text } from '../text/en';
import styles from './LivePill.module.css';

export function LivePill({ compact = false }: { compact?: boolean }) {
  const state = useLive();
  const label = compact && state === 'live' ? <VisuallyHidden>{text.live.live}</VisuallyHidden> : text.live[state];
  return (
    <Tooltip label={text.live.hint[state]} multiline maw={260}>
      <span className={styles.pill} data-state={state} role="status">
        <span className={styles.dot} aria-hidden />
        {label}
      </span>
    </Tooltip>
  );
}

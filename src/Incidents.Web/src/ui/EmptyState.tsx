import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

interface Props {
  icon: ReactNode;
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
  tone?: 'plain' | 'good' | 'bad';
}

export function EmptyState({ icon, title, hint, action, tone = 'plain' }: Props) {
  return (
    <div className={styles.root} role={tone === 'bad' ? 'alert' : undefined}>
      <div className={styles.icon} data-tone={tone} aria-hidden>
        {icon}
      </div>
      <h2 className={styles.title}>{title}</h2>
      {hint && <p className={styles.hint}>{hint}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

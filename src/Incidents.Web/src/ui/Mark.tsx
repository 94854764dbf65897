import type { ReactNode } from 'react';
import styles from './Mark.module.css';

export type Tone = 'green' | 'amber' | 'red';

/** A word about the state of something, as a small pill beside it. */
export function Mark({ tone, title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span className={styles.mark} data-tone={tone} title={title}>
      {children}
    </span>
  );
}

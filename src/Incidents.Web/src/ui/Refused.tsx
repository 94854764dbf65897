import type { ReactNode } from 'react';
import { IconAlertTriangle } from './icons';
import styles from './Refused.module.css';

/** Why something was not done, where it was asked for. */
export function Refused({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.refused} role="alert">
      <IconAlertTriangle size={17} aria-hidden />
      <div>
        <b>{title}</b>
        {children}
      </div>
    </div>
  );
}

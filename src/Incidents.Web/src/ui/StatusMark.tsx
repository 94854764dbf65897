import type { IncidentStatus } from '../api/types';
import { text } from '../text/en';
import styles from './marks.module.css';

/** A drawn sign per status: its form tells as much as its colour. */
function Sign({ status }: { status: IncidentStatus }) {
  const ring = { cx: 7, cy: 7, r: 5.25, fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 };
  switch (status) {
    case 'triage':
      return <circle {...ring} strokeDasharray="2.4 1.7" />;
    case 'triggered':
      return (
        <>
          <circle {...ring} />
          <circle cx="7" cy="7" r="2.6" fill="currentColor" />
        </>
      );
    case 'acknowledged':
      return (
        <>
          <circle {...ring} />
          <path d="M7 3.6a3.4 3.4 0 0 1 0 6.8z" fill="currentColor" />
        </>
      );
    case 'snoozed':
      return <path d="M11.6 8.6A5 5 0 0 1 5.4 2.4a5 5 0 1 0 6.2 6.2z" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />;
    case 'resolved':
      return (
        <>
          <circle cx="7" cy="7" r="6" fill="currentColor" />
          <path d="M4.4 7.2l1.8 1.8 3.4-3.7" fill="none" stroke="var(--c-surface)" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
        </>
      );
  }
}

export function StatusMark({ status, label = true }: { status: IncidentStatus; label?: boolean }) {
  const name = text.status[status] ?? status;
  return (
    <span className={styles.status} data-status={status} title={label ? undefined : name}>
      <svg width="14" height="14" viewBox="0 0 14 14" role={label ? undefined : 'img'} aria-label={label ? undefined : name} aria-hidden={label || undefined}>
        <Sign status={status} />
      </svg>
      {label && <span>{name}</span>}
    </span>
  );
}

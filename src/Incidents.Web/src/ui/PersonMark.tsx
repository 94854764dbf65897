import { hue, initials } from '../lib/people';
import styles from './marks.module.css';

/** A person's round sign; the name beside it or, alone, as its label. */
export function PersonMark({ name, label = true, size = 20 }: { name: string; label?: boolean; size?: number }) {
  return (
    <span className={styles.person} title={label ? undefined : name}>
      <span
        className={styles.avatar}
        style={{ '--hue': hue(name), '--size': `${size}px` } as React.CSSProperties}
        role={label ? undefined : 'img'}
        aria-label={label ? undefined : name}
        aria-hidden={label || undefined}
      >
        {initials(name)}
      </span>
      {label && <span className={styles.personName}>{name}</span>}
    </span>
  );
}

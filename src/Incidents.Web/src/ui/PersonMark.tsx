import { usePeople } from '../api/queries';
import { hue, initials } from '../lib/people';
import styles from './marks.module.css';

/** A person's round sign; the name beside it or, alone, as its label. `decorative`: what is around it names the person. */
export function PersonMark({ login, label = true, decorative = false, size = 20 }: { login: string; label?: boolean; decorative?: boolean; size?: number }) {
  const name = usePeople().data?.get(login) ?? login;
  return (
    <span className={styles.person} title={label ? undefined : name}>
      <span
        className={styles.avatar}
        style={{ '--hue': hue(login), '--size': `${size}px` } as React.CSSProperties}
        role={label || decorative ? undefined : 'img'}
        aria-label={label || decorative ? undefined : name}
        aria-hidden={label || decorative || undefined}
        data-initials={initials(name)}
      />
      {label && <span className={styles.personName}>{name}</span>}
    </span>
  );
}

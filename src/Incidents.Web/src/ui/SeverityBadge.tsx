import type { Severity } from '../api/types';
import { text } from '../text/en';
import styles from './marks.module.css';

export function SeverityBadge({ severity }: { severity: Severity }) {
  return (
    <span className={styles.severity} data-severity={severity} title={text.severity[severity]}>
      {severity}
    </span>
  );
}

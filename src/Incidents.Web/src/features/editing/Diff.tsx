import type { FieldChange } from '../../lib/diff';
import { editText as t } from '../../text/edit';
import { IconArrowRight } from '../../ui/icons';
import styles from './editing.module.css';

/** What changes, field by field: what it was and what it is to be. */
export function Diff({ changes }: { changes: FieldChange[] }) {
  return (
    <ul className={styles.diff}>
      {changes.map(({ path, before, after }) => (
        <li key={path}>
          <span className={styles.path}>{path || t.whole}</span>
          <span className={styles.values}>
            {before !== undefined && <del>{before}</del>}
            {before !== undefined && after !== undefined && <IconArrowRight size={13} aria-label={t.becomes} />}
            {after !== undefined && <ins>{after}</ins>}
          </span>
        </li>
      ))}
    </ul>
  );
}

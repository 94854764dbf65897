import { reachText as t } from '../text/reach';
import { IconShieldCheck, IconShieldQuestion } from './icons';
import styles from './Proof.module.css';

/** Whether a code that went to a contact came back. */
export function Proof({ verified }: { verified: boolean }) {
  return (
    <span className={styles.mark} data-verified={verified || undefined} title={verified ? undefined : t.verify.noHint}>
      {verified ? <IconShieldCheck size={13} aria-hidden /> : <IconShieldQuestion size={13} aria-hidden />}
      {verified ? t.verify.yes : t.verify.no}
    </span>
  );
}

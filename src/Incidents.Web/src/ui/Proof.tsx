import { reachText as t } from '../text/reach';
import { IconShieldCheck, IconShieldQuestion } from './icons';
import { Mark } from './Mark';

/** Whether a code that went to a contact came back. */
export function Proof({ verified }: { verified: boolean }) {
  return (
    <Mark tone={verified ? 'green' : undefined} title={verified ? undefined : t.verify.noHint}>
      {verified ? <IconShieldCheck size={13} aria-hidden /> : <IconShieldQuestion size={13} aria-hidden />}
      {verified ? t.verify.yes : t.verify.no}
    </Mark>
  );
}

import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Account, addPasskey, removePasskey, useAccountChange } from '../../api/account';
import { dayName } from '../../lib/time';
import { accountText } from '../../text/account';
import { Age } from '../../ui/Time';
import { toastDone, toastError } from '../../ui/toast';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';
import styles from './AccountPage.module.css';
import { TurnedBack, useGuard } from './guard';

const t = accountText.passkeys;

/** Why the browser made none, in words. */
function told(error: unknown): void {
  if (error instanceof TurnedBack) return;
  const name = error instanceof DOMException ? error.name : '';
  toastError(name === 'NotAllowedError' ? new Error(t.notUsed) : name === 'InvalidStateError' ? new Error(t.known) : name === 'SecurityError' ? new Error(t.numeric) : error);
}

export function Passkeys({ account }: { account: Account }) {
  const guard = useGuard();
  const removal = useAccountChange(removePasskey);
  const [adding, setAdding] = useState(false);
  const possible = 'PublicKeyCredential' in window;
  return (
    <section aria-label={t.title}>
      <div className={cards.head}>
        <h2 className={page.heading}>{t.title}</h2>
        {possible && !adding && (
          <Button size="compact-xs" variant="default" onClick={() => setAdding(true)}>
            {t.add}
          </Button>
        )}
      </div>
      <ul className="card">
        {account.passkeys.map((passkey) => (
          <li key={passkey.id} className={cards.item}>
            <div className={cards.line}>
              <strong>{passkey.name}</strong>
              {passkey.backedUp && <span className={cards.chip}>{t.backedUp}</span>}
              <span className={cards.end}>
                <Button size="compact-xs" variant="subtle" color="red" aria-label={`${accountText.remove}: ${passkey.name}`} onClick={() => guard(() => removal.mutateAsync(passkey.id)).then(() => toastDone(t.removed), told)}>
                  {accountText.remove}
                </Button>
              </span>
            </div>
            <p className={cards.text}>
              {accountText.made(dayName(passkey.createdAt))} · {passkey.lastUsedAt ? <Age at={passkey.lastUsedAt} wrap={accountText.used} /> : accountText.never}
            </p>
          </li>
        ))}
        {account.passkeys.length === 0 && !adding && <li className={cards.empty}>{possible ? t.hint : t.unsupported}</li>}
        {adding && (
          <li className={cards.item}>
            <NewPasskey onClose={() => setAdding(false)} />
          </li>
        )}
      </ul>
    </section>
  );
}

function NewPasskey({ onClose }: { onClose: () => void }) {
  const guard = useGuard();
  const add = useAccountChange(addPasskey);
  const [name, setName] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    guard(() => add.mutateAsync(name.trim())).then(() => {
      toastDone(t.added);
      onClose();
    }, told);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput label={t.name} placeholder={t.example} value={name} maxLength={80} required autoFocus onChange={(event) => setName(event.currentTarget.value)} />
      <div className={styles.buttons}>
        <Button size="xs" type="submit" loading={add.isPending} disabled={!name.trim()}>
          {t.go}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {accountText.cancel}
        </Button>
      </div>
    </form>
  );
}

import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Account, setPassword, useAccountChange } from '../../api/account';
import { ApiError } from '../../api/client';
import { dayName } from '../../lib/time';
import { accountText } from '../../text/account';
import { toastDone, toastError } from '../../ui/toast';
import page from '../page.module.css';
import styles from './AccountPage.module.css';
import { TurnedBack, useGuard } from './guard';

const t = accountText.password;

export function Password({ account }: { account: Account }) {
  const [open, setOpen] = useState(false);
  return (
    <section aria-label={t.title}>
      <h2 className={page.heading}>{t.title}</h2>
      <div className={`card ${styles.box}`}>
        {!account.passwords ? (
          <p>{t.off}</p>
        ) : open ? (
          <PasswordForm account={account} onClose={() => setOpen(false)} />
        ) : (
          <>
            <p>{account.passwordAt ? t.since(dayName(account.passwordAt)) : t.none}</p>
            <Button size="xs" variant="default" onClick={() => setOpen(true)}>
              {account.hasPassword ? t.change : t.set}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

function PasswordForm({ account, onClose }: { account: Account; onClose: () => void }) {
  const guard = useGuard();
  const change = useAccountChange(setPassword);
  const [current, setCurrent] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [faults, setFaults] = useState<Record<string, string>>({});
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (fresh !== again) {
      setFaults({ again: t.differ });
      return;
    }
    guard(() => change.mutateAsync({ currentPassword: account.hasPassword ? current : undefined, newPassword: fresh })).then(
      () => {
        toastDone(t.done, account.hasPassword ? t.doneHint : '');
        onClose();
      },
      (error: unknown) => {
        const errors = error instanceof ApiError ? error.problem.errors : undefined;
        if (errors?.length) setFaults(Object.fromEntries(errors.map((one) => [one.path, errors.filter((same) => same.path === one.path).map((same) => same.message).join(' ')])));
        else if (!(error instanceof TurnedBack)) toastError(error);
      },
    );
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <input type="text" name="login" autoComplete="username" value={account.login} readOnly hidden />
      {account.hasPassword && <PasswordInput label={t.current} value={current} error={faults.currentPassword} autoComplete="current-password" required onChange={(event) => setCurrent(event.currentTarget.value)} />}
      <PasswordInput label={t.fresh} description={t.hint(account.passwordLength)} value={fresh} error={faults.newPassword} autoComplete="new-password" required onChange={(event) => setFresh(event.currentTarget.value)} />
      <PasswordInput label={t.again} value={again} error={faults.again} autoComplete="new-password" required onChange={(event) => setAgain(event.currentTarget.value)} />
      <div className={styles.buttons}>
        <Button size="xs" type="submit" loading={change.isPending}>
          {accountText.save}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {accountText.cancel}
        </Button>
      </div>
    </form>
  );
}

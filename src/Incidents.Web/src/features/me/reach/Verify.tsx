import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type ContactState, giveCode, sendCode, useRefreshMine } from '../../../api/reach';
import { reachText as t } from '../../../text/reach';
import { toastDone } from '../../../ui/toast';
import styles from './reach.module.css';

/** A code goes out over the contact; given back it proves it. */
export function Verify({ contact, onDone }: { contact: ContactState; onDone: () => void }) {
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const refresh = useRefreshMine();
  const v = t.verify;
  const run = (work: Promise<unknown>, done?: () => void): void => {
    setBusy(true);
    setError(null);
    work
      .then(done, (failure: unknown) => setError(failure as Error))
      .finally(() => {
        setBusy(false);
        refresh();
      });
  };
  const give = (event: FormEvent): void => {
    event.preventDefault();
    run(giveCode(contact.name, code), () => {
      toastDone(v.done(contact.name));
      onDone();
    });
  };
  return (
    <form className={styles.contact} onSubmit={give} noValidate>
      <div className={styles.line}>
        <Button size="compact-sm" variant="default" disabled={busy} onClick={() => run(sendCode(contact.name))}>
          {contact.code ? v.again : (v.send[contact.kind] ?? v.again)}
        </Button>
        {contact.code && (
          <span className={styles.dim} role="status">
            {v.state[contact.code.state ?? ''] ?? ''}
            {contact.code.why ? `: ${contact.code.why}` : ''} {v.tries(contact.code.triesLeft)}
          </span>
        )}
      </div>
      {contact.code && (
        <div className={styles.line}>
          <TextInput size="xs" w={150} aria-label={`${v.code}, ${contact.name}`} placeholder={v.code} inputMode="numeric" autoComplete="one-time-code" maxLength={9} value={code} onChange={(event) => setCode(event.currentTarget.value)} />
          <Button size="xs" type="submit" loading={busy} disabled={code.replace(/\D/g, '').length !== 6}>
            {v.give}
          </Button>
        </div>
      )}
      {error && (
        <p className={styles.fault} role="alert">
          {error.message}
        </p>
      )}
    </form>
  );
}

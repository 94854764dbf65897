import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { removePin, setPin, usePin } from '../../../api/reach';
import { serverNow } from '../../../lib/clock';
import { dayName, dayTime } from '../../../lib/time';
import { reachText as t } from '../../../text/reach';
import { toastDone, toastError } from '../../../ui/toast';
import page from '../../page.module.css';
import cards from '../../schedule/cards.module.css';
import styles from './reach.module.css';

/** The PIN of the call-in line: set, changed, taken back; never shown. */
export function PinCard() {
  const query = usePin();
  const [pin, setValue] = useState('');
  const [busy, setBusy] = useState(false);
  const p = t.pin;
  if (query.isError && query.data === undefined) return null;
  const run = (work: Promise<unknown>, done: string): void => {
    setBusy(true);
    work
      .then(() => {
        setValue('');
        toastDone(done);
      }, toastError)
      .finally(() => {
        setBusy(false);
        void query.refetch();
      });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (/^\d{4,8}$/.test(pin)) run(setPin(pin), p.saved);
  };
  const locked = query.data?.lockedUntil;
  return (
    <section aria-label={p.title}>
      <div className={cards.head}>
        <h2 className={page.heading}>{p.title}</h2>
      </div>
      <form className={`card ${styles.box}`} onSubmit={submit} noValidate>
        <p>{p.hint}</p>
        <p className={styles.dim}>{query.data ? p.since(dayName(query.data.setAt)) : p.none}</p>
        {locked && <p className={styles.warn}>{p.locked(dayTime(locked, serverNow()))}</p>}
        <div className={styles.line} style={{ alignItems: 'flex-end' }}>
          <TextInput type="password" size="xs" w={190} label={p.field} inputMode="numeric" autoComplete="off" maxLength={8} value={pin} onChange={(event) => setValue(event.currentTarget.value.replace(/\D/g, ''))} />
          <Button size="xs" type="submit" loading={busy} disabled={!/^\d{4,8}$/.test(pin)}>
            {p.set}
          </Button>
          {query.data && (
            <Button size="xs" variant="subtle" color="red" disabled={busy} onClick={() => run(removePin(), p.removed)}>
              {p.remove}
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}

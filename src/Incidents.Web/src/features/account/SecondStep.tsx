import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { encode } from 'uqr';
import { type Account, makeCodes, startTotp, turnOffTotp, turnOnTotp, useAccountChange } from '../../api/account';
import { ApiError } from '../../api/client';
import { accountText } from '../../text/account';
import { CopyButton } from '../../ui/CopyButton';
import { toastDone, toastError } from '../../ui/toast';
import page from '../page.module.css';
import styles from './AccountPage.module.css';
import { TurnedBack, useGuard } from './guard';

const t = accountText.totp;

const told = (error: unknown): void => {
  if (!(error instanceof TurnedBack)) toastError(error);
};

/** The code of an authenticator app after the password. */
export function SecondStep({ account }: { account: Account }) {
  const guard = useGuard();
  const start = useAccountChange(startTotp);
  const off = useAccountChange(turnOffTotp);
  const fresh = useAccountChange(makeCodes);
  const [setup, setSetup] = useState<{ secret: string; address: string } | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  return (
    <section aria-label={t.title}>
      <h2 className={page.heading}>{t.title}</h2>
      <div className={`card ${styles.box}`}>
        {codes ? (
          <Codes codes={codes} onKept={() => setCodes(null)} />
        ) : setup ? (
          <Setup
            setup={setup}
            onCancel={() => setSetup(null)}
            onDone={(made) => {
              setSetup(null);
              setCodes(made);
            }}
          />
        ) : account.totp ? (
          <>
            <p>{t.on(account.recoveryCodesLeft)}</p>
            <div className={styles.buttons}>
              <Button size="xs" variant="default" loading={fresh.isPending} onClick={() => guard(() => fresh.mutateAsync()).then(setCodes, told)}>
                {t.fresh}
              </Button>
              <Button size="xs" variant="subtle" color="red" loading={off.isPending} onClick={() => guard(() => off.mutateAsync()).then(() => toastDone(t.turnedOff), told)}>
                {t.turnOff}
              </Button>
            </div>
          </>
        ) : (
          <>
            <p>{account.hasPassword ? t.off : t.needsPassword}</p>
            {account.hasPassword && (
              <Button size="xs" variant="default" loading={start.isPending} onClick={() => guard(() => start.mutateAsync()).then(setSetup, told)}>
                {t.setUp}
              </Button>
            )}
          </>
        )}
      </div>
    </section>
  );
}

function Setup({ setup, onCancel, onDone }: { setup: { secret: string; address: string }; onCancel: () => void; onDone: (codes: string[]) => void }) {
  const guard = useGuard();
  const turnOn = useAccountChange(turnOnTotp);
  const [code, setCode] = useState('');
  const [fault, setFault] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    guard(() => turnOn.mutateAsync(code)).then(onDone, (error: unknown) => {
      if (error instanceof ApiError && error.problem.errors?.[0]) setFault(error.problem.errors[0].message);
      else told(error);
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.qr}>
        <Qr content={setup.address} />
        <div>
          <strong>{t.scan}</strong>
          <span>{t.scanHint}</span>
          <code className={`mono ${styles.secret}`}>{setup.secret.match(/.{1,4}/g)?.join(' ')}</code>
        </div>
      </div>
      <TextInput label={t.code} value={code} error={fault} inputMode="numeric" autoComplete="one-time-code" maxLength={7} data-autofocus autoFocus required onChange={(event) => setCode(event.currentTarget.value)} />
      <div className={styles.buttons}>
        <Button size="xs" type="submit" loading={turnOn.isPending}>
          {t.turnOn}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {accountText.cancel}
        </Button>
      </div>
    </form>
  );
}

function Qr({ content }: { content: string }) {
  const { data, size } = encode(content, { ecc: 'M', border: 0 });
  const dark = data.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : '')));
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t.qr} shapeRendering="crispEdges">
      <path d={dark.join('')} fill="#000000" />
    </svg>
  );
}

function Codes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  return (
    <>
      <strong>{t.codes}</strong>
      <p>{t.codesHint}</p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code} className="mono">
            {code}
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <CopyButton value={codes.join('\n')} label={t.copy} />
        <Button size="compact-xs" onClick={onKept}>
          {t.kept}
        </Button>
      </div>
    </>
  );
}

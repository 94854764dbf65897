import { Button, Group, Modal, PasswordInput } from '@mantine/core';
import { createContext, type FormEvent, type ReactNode, useContext, useState } from 'react';
import { confirmPassword } from '../../api/account';
import { ApiError, signInUrl } from '../../api/client';
import { accountText } from '../../text/account';

const t = accountText.confirm;

type Guard = <T>(run: () => Promise<T>) => Promise<T>;

interface Asked {
  run: () => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
  /** There is no password to ask for: only signing in again shows who it is. */
  again: boolean;
}

const Context = createContext<Guard>((run) => run());

/** Runs a change of the account; when the server wants to know once more who it is, asks for the password and runs it again. */
export const useGuard = (): Guard => useContext(Context);

/** Somebody turned back at the question: nothing was done, and nothing is to be said. */
export class TurnedBack extends Error {}

export function GuardProvider({ hasPassword, children }: { hasPassword: boolean; children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const guard: Guard = async (run) => {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 409 && error.problem.type?.endsWith('/confirm'))) throw error;
      return new Promise((resolve, reject) => setAsked({ run, resolve: resolve as (value: unknown) => void, reject, again: !hasPassword }));
    }
  };
  const close = (): void => {
    asked?.reject(new TurnedBack());
    setAsked(null);
  };
  return (
    <Context value={guard}>
      {children}
      <Modal opened={asked !== null} onClose={close} title={t.title}>
        {asked && <Question asked={asked} onDone={() => setAsked(null)} onClose={close} />}
      </Modal>
    </Context>
  );
}

function Question({ asked, onDone, onClose }: { asked: Asked; onDone: () => void; onClose: () => void }) {
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await confirmPassword(password);
    } catch (error) {
      setFault(error instanceof ApiError ? (error.problem.errors?.[0]?.message ?? error.message) : String(error));
      setBusy(false);
      return;
    }
    onDone();
    asked.run().then(asked.resolve, asked.reject);
  };
  if (asked.again)
    return (
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {accountText.cancel}
        </Button>
        <Button component="a" href={signInUrl(window.location)}>
          {t.signIn}
        </Button>
      </Group>
    );
  return (
    <form onSubmit={(event) => void submit(event)}>
      <p>{t.hint}</p>
      <PasswordInput mt="sm" label={t.password} value={password} error={fault} autoComplete="current-password" data-autofocus onChange={(event) => setPassword(event.currentTarget.value)} />
      <Group mt="md" justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {accountText.cancel}
        </Button>
        <Button type="submit" loading={busy} disabled={!password}>
          {t.go}
        </Button>
      </Group>
    </form>
  );
}

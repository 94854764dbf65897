import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { putDocument } from '../../api/organisation';
import { useEverybody, useMe } from '../../api/queries';
import { free, personOf, slug } from '../../lib/welcome';
import { language } from '../../text/words';
import { welcomeText as t } from '../../text/welcome';
import { CopyButton } from '../../ui/CopyButton';
import { toastError } from '../../ui/toast';
import { makeKey, signInWith } from './make';
import { Done, StepForm } from './StepForm';
import type { Guide } from './useGuide';
import styles from './WelcomePage.module.css';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

export function You({ guide }: { guide: Guide }) {
  const me = useMe().data;
  const people = useEverybody().data ?? [];
  const [form, setForm] = useState({ name: t.you.nameDefault, phone: me?.simulator ? '+15550100001' : '', email: '', zone });
  const [key, setKey] = useState<{ name: string; secret: string } | null>(null);
  const set = (part: Partial<typeof form>): void => setForm({ ...form, ...part });
  if (key) return <Key {...key} />;
  const there = people.find((person) => person.login === guide.standing.login);
  if (there)
    return (
      <Done
        action={
          <Link className="link" to={`/people/${encodeURIComponent(there.login)}`}>
            {t.change}
          </Link>
        }
      >
        {t.you.is(there.name, there.login)}
      </Done>
    );
  const run = async (): Promise<void> => {
    const name = form.name.trim();
    const login = free(slug(name) || 'admin', people.map((person) => person.login));
    const phone = form.phone.replace(/[\s()./-]/g, '');
    await putDocument('people', login, personOf({ ...form, name, phone, email: form.email.trim(), language: language() === 'pt' ? 'pt-BR' : 'en' }), null);
    const made = await makeKey(login, t.title);
    setKey({ name, secret: made });
    guide.remember({ login });
  };
  const contact = (faults: Map<string, string>): string | undefined => faults.get('contacts[mobile].address');
  return (
    <StepForm lead={t.you.lead} submit={t.you.submit} run={run}>
      {(faults) => (
        <>
          <TextInput label={t.you.name} value={form.name} error={faults.get('name') ?? faults.get('login')} maxLength={100} required autoComplete="name" onFocus={(event) => event.currentTarget.select()} onChange={(event) => set({ name: event.currentTarget.value })} />
          <TextInput label={t.you.phone} description={me?.simulator ? t.you.phoneSimulated : t.you.phoneHint} type="tel" inputMode="tel" value={form.phone} error={contact(faults)} required autoComplete="tel" placeholder="+" onChange={(event) => set({ phone: event.currentTarget.value })} />
          <TextInput label={t.you.email} type="email" value={form.email} error={faults.get('email')} autoComplete="email" onChange={(event) => set({ email: event.currentTarget.value })} />
          <TextInput label={t.you.zone} description={t.you.zoneHint} value={form.zone} error={faults.get('zone')} onChange={(event) => set({ zone: event.currentTarget.value })} />
        </>
      )}
    </StepForm>
  );
}

function Key({ name, secret: value }: { name: string; secret: string }) {
  const [busy, setBusy] = useState(false);
  return (
    <div className={styles.form}>
      <p className={styles.lead}>{t.you.key}</p>
      <div className={styles.key}>
        <code className="mono">{value}</code>
        <CopyButton value={value} label={t.you.copy} />
      </div>
      <p className={styles.quiet}>{t.you.keyHint}</p>
      <div className={styles.submit}>
        <Button
          size="md"
          loading={busy}
          onClick={() => {
            setBusy(true);
            signInWith(value).catch((error: unknown) => {
              setBusy(false);
              toastError(error);
            });
          }}
        >
          {t.you.signIn(name)}
        </Button>
      </div>
    </div>
  );
}

import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useEverybody, useServices } from '../../api/queries';
import { type PoolName, slug } from '../../lib/welcome';
import { welcomeText as t } from '../../text/welcome';
import { makeService } from './make';
import { Choices } from './Choices';
import { Done, StepForm } from './StepForm';
import type { Guide } from './useGuide';
import styles from './WelcomePage.module.css';

const names: PoolName[] = ['A', 'B', 'C'];

export function ServiceStep({ guide, onDone }: { guide: Guide; onDone: () => void }) {
  const me = useEverybody().data?.find((person) => person.login === guide.standing.login);
  const services = useServices().data ?? [];
  const [form, setForm] = useState<{ name: string; team: string; pool: PoolName }>({ name: t.service.nameDefault, team: t.service.teamDefault, pool: 'A' });
  const there = services.find((service) => service.name === guide.standing.service);
  if (there)
    return (
      <Done
        action={
          <Link className="link" to={`/services/${encodeURIComponent(there.name)}`}>
            {t.change}
          </Link>
        }
      >
        {t.service.is(there.name)}
      </Done>
    );
  const run = async (): Promise<void> => {
    const name = slug(form.name) || t.service.nameDefault;
    const zone = me?.zone ?? (Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');
    await makeService(name, form.pool, slug(form.team) || t.service.teamDefault, guide.standing.login, zone);
    guide.remember({ service: name });
    onDone();
  };
  return (
    <StepForm lead={t.service.lead} submit={t.service.submit} run={run}>
      {(faults) => (
        <>
          <div className={styles.pair}>
            <TextInput label={t.service.name} value={form.name} error={faults.get('name')} maxLength={60} required onFocus={(event) => event.currentTarget.select()} onChange={(event) => setForm({ ...form, name: event.currentTarget.value })} />
            <TextInput label={t.service.team} value={form.team} maxLength={60} required onFocus={(event) => event.currentTarget.select()} onChange={(event) => setForm({ ...form, team: event.currentTarget.value })} />
          </div>
          <Choices label={t.service.pool} name="pool" value={form.pool} choices={names.map((value) => ({ value, ...t.service.pools[value] }))} onChange={(pool) => setForm({ ...form, pool })} />
          <p className={styles.quiet}>{t.service.more}</p>
        </>
      )}
    </StepForm>
  );
}

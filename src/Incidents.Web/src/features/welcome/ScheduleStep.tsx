import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { type Document, pathOf, putDocument } from '../../api/organisation';
import { getTagged } from '../../api/client';
import { useEverybody, useServices } from '../../api/queries';
import { useSchedules } from '../../api/schedules';
import { free, scheduleOf } from '../../lib/welcome';
import { welcomeText as t } from '../../text/welcome';
import { Done, StepForm } from './StepForm';
import type { Guide } from './useGuide';
import styles from './WelcomePage.module.css';

export function ScheduleStep({ guide, onDone }: { guide: Guide; onDone: () => void }) {
  const { login, service: name, schedule } = guide.standing;
  const me = useEverybody().data?.find((person) => person.login === login);
  const service = useServices().data?.find((one) => one.name === name);
  const schedules = useSchedules().data ?? [];
  const zone = me?.zone ?? (Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');
  const [form, setForm] = useState<{ turn: '1d' | '1w'; time: string }>({ turn: '1w', time: '09:00' });
  if (schedule)
    return (
      <Done
        action={
          <Link className="link" to={`/schedules/${encodeURIComponent(schedule)}`}>
            {t.change}
          </Link>
        }
      >
        {t.schedule.is(schedule, me?.name ?? login ?? '')}
      </Done>
    );
  if (!login || !service) return <p className={styles.lead}>{t.schedule.missing}</p>;
  const run = async (): Promise<void> => {
    const chosen = free(service.name, schedules.map((one) => one.name));
    await putDocument('schedules', chosen, scheduleOf(service.pool, service.team, zone, login, form.turn, form.time, new Date()), null);
    const there = await getTagged<Document>(`${pathOf('services', service.name)}?form=document`);
    await putDocument('services', service.name, { ...there.data, schedule: chosen }, there.etag ?? undefined);
    onDone();
  };
  return (
    <StepForm lead={t.schedule.lead(me?.name ?? login)} submit={t.schedule.submit} run={run}>
      {(faults) => (
        <div className={styles.pair}>
          <NativeSelect label={t.schedule.turn} value={form.turn} data={Object.entries(t.schedule.turns).map(([value, label]) => ({ value, label }))} onChange={(event) => setForm({ ...form, turn: event.currentTarget.value as '1d' | '1w' })} />
          <TextInput label={t.schedule.time} description={t.schedule.zone(zone)} type="time" value={form.time} error={faults.get('layers[weekly].start') ?? faults.get('layers[daily].start')} inputWrapperOrder={['label', 'input', 'description', 'error']} onChange={(event) => setForm({ ...form, time: event.currentTarget.value || '09:00' })} />
        </div>
      )}
    </StepForm>
  );
}

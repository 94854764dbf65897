import { Button, Loader, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { post } from '../../api/client';
import { useFirstAlert } from '../../api/firstAlert';
import { putDocument } from '../../api/organisation';
import { useIntegrations } from '../../api/queries';
import type { Integration } from '../../api/types';
import { free, integrationOf, sampleAlert, type SourceKind, sourceNames } from '../../lib/welcome';
import { welcomeText as t } from '../../text/welcome';
import { IconCircleCheck, IconSend } from '../../ui/icons';
import { toastError } from '../../ui/toast';
import { Snippets } from '../integrations/Snippets';
import { Choices } from './Choices';
import { StepForm } from './StepForm';
import type { Guide } from './useGuide';
import styles from './WelcomePage.module.css';

const kinds: SourceKind[] = ['alertmanager', 'grafana', 'generic'];

export function SourceStep({ guide, onArrived }: { guide: Guide; onArrived: () => void }) {
  const integrations = useIntegrations().data ?? [];
  const there = integrations.find((one) => one.name === guide.standing.integration);
  if (there) return <Waiting integration={there} guide={guide} onArrived={onArrived} />;
  if (!guide.standing.service) return <p className={styles.lead}>{t.source.missing}</p>;
  return <Make guide={guide} service={guide.standing.service} taken={integrations.map((one) => one.name)} />;
}

function Make({ guide, service, taken }: { guide: Guide; service: string; taken: string[] }) {
  const [kind, setKind] = useState<SourceKind>('alertmanager');
  const [name, setName] = useState<string | null>(null);
  const chosen = name ?? free(sourceNames[kind], taken);
  const run = async (): Promise<void> => {
    const wanted = chosen.trim() || sourceNames[kind];
    await putDocument('integrations', wanted, integrationOf(kind, service), null);
    guide.remember({ integration: wanted });
  };
  return (
    <StepForm lead={t.source.lead} submit={t.source.submit} run={run}>
      {(faults) => (
        <>
          <Choices label={t.steps.source} name="kind" value={kind} choices={kinds.map((value) => ({ value, ...t.source.kinds[value] }))} onChange={setKind} />
          <TextInput label={t.source.name} value={chosen} error={faults.get('name')} maxLength={60} required onChange={(event) => setName(event.currentTarget.value)} />
        </>
      )}
    </StepForm>
  );
}

/** Posts what the source itself would post, to the address that it would post to. */
export function useSample(integration: Integration | undefined): { send: () => void; busy: boolean } {
  const [busy, setBusy] = useState(false);
  const send = (): void => {
    if (!integration || busy) return;
    setBusy(true);
    // The path alone: behind a proxy that is not set up yet, the public address may lead nowhere.
    const service = integration.service ?? '';
    post<unknown>(new URL(integration.url, window.location.href).pathname, sampleAlert(integration.kind, service, t.source.alert(service), new Date()))
      .catch(toastError)
      .finally(() => setBusy(false));
  };
  return { send, busy };
}

function Waiting({ integration, guide, onArrived }: { integration: Integration; guide: Guide; onArrived: () => void }) {
  const first = useFirstAlert(integration.name).data;
  const { send, busy } = useSample(integration);
  const { remember } = guide;
  const number = first?.number;
  useEffect(() => {
    if (number === undefined) return;
    remember({ incident: number });
    onArrived();
    // Once for each incident; the functions are new at every rendering.
  }, [number]);
  return (
    <div className={styles.form}>
      <div className={styles.first} data-here={!!first || undefined} role="status">
        {first ? <IconCircleCheck size={20} aria-hidden /> : <Loader size={16} />}
        <p>
          <b>{first ? t.source.arrived : t.source.waiting}</b>
          {!first && t.source.waitingHint}
        </p>
        {!first && (
          <Button size="sm" leftSection={<IconSend size={15} />} loading={busy} onClick={send}>
            {t.source.send}
          </Button>
        )}
      </div>
      <Snippets integration={integration} />
    </div>
  );
}

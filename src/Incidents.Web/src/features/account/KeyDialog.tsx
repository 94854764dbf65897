import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/Stack.css';
import '@mantine/core/styles/Checkbox.css';
import '@mantine/core/styles/Radio.css';
import { Button, Checkbox, Group, Modal, NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { makeKey, type Scope, scopes, useAccountChange } from '../../api/account';
import { useMe } from '../../api/queries';
import { serverNow } from '../../lib/clock';
import { accountText } from '../../text/account';
import { text } from '../../text/en';
import { DialogFoot } from '../../ui/DialogFoot';
import { CopyButton } from '../../ui/CopyButton';
import { toastError } from '../../ui/toast';
import cards from '../schedule/cards.module.css';
import styles from './AccountPage.module.css';

const t = accountText.keys;
const day = 86_400_000;
const ranks = ['observer', 'responder', 'manager', 'admin'];

/** A new key: for me, or for a machine when I am an admin. Its secret is shown here and nowhere else. */
export default function KeyDialog({ person, onClose }: { person: string | null; onClose: () => void }) {
  const me = useMe().data;
  const create = useAccountChange(makeKey);
  const [name, setName] = useState('');
  const [machine, setMachine] = useState(person === null);
  const [role, setRole] = useState(me?.role ?? 'observer');
  const [narrow, setNarrow] = useState(false);
  const [chosen, setChosen] = useState<Scope[]>(['read']);
  const [length, setLength] = useState('90');
  const admin = me?.role === 'admin';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate(
      {
        name: name.trim(),
        person: machine ? null : person,
        role,
        scopes: narrow ? chosen : undefined,
        expiresAt: length ? new Date(serverNow() + Number(length) * day).toISOString() : undefined,
      },
      { onError: toastError },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t.make.replace('…', '')}>
      {create.data ? (
        <Stack gap="sm">
          <p role="status">{t.once}</p>
          <div className={cards.address}>
            <code className="mono">{create.data.key}</code>
            <CopyButton value={create.data.key} label={t.copy} />
          </div>
          <Group justify="flex-end">
            <Button onClick={onClose}>{t.done}</Button>
          </Group>
        </Stack>
      ) : (
        <form className={styles.form} onSubmit={submit}>
          <TextInput label={t.name} placeholder={t.example} value={name} maxLength={80} required data-autofocus onChange={(event) => setName(event.currentTarget.value)} />
          {admin && person !== null && (
            <Radio.Group label={t.whose} value={machine ? 'machine' : 'mine'} onChange={(value) => setMachine(value === 'machine')}>
              <Stack gap={6} mt={6}>
                <Radio value="mine" label={t.mine} />
                <Radio value="machine" label={t.service} />
              </Stack>
            </Radio.Group>
          )}
          <NativeSelect label={t.role} value={role} data={ranks.slice(0, ranks.indexOf(me?.role ?? 'observer') + 1).map((value) => ({ value, label: text.role[value] ?? value }))} onChange={(event) => setRole(event.currentTarget.value)} />
          <Radio.Group label={t.what} value={narrow ? 'some' : 'all'} onChange={(value) => setNarrow(value === 'some')}>
            <Stack gap={6} mt={6}>
              <Radio value="all" label={t.all} />
              <Radio value="some" label={t.some} />
            </Stack>
          </Radio.Group>
          {narrow && (
            <Checkbox.Group aria-label={t.some} value={chosen} onChange={(value) => setChosen(value as Scope[])}>
              <div className={styles.scopes}>
                {scopes.map((scope) => (
                  <Checkbox key={scope} value={scope} label={t.scopes[scope]} />
                ))}
              </div>
            </Checkbox.Group>
          )}
          <NativeSelect label={t.expires} value={length} data={['30', '90', '365', ''].map((value) => ({ value, label: t.lengths[value] ?? value }))} onChange={(event) => setLength(event.currentTarget.value)} />
          <DialogFoot onClose={onClose} busy={create.isPending} cancel={accountText.cancel} submit={t.create} disabled={!name.trim() || (narrow && chosen.length === 0)} />
        </form>
      )}
    </Modal>
  );
}

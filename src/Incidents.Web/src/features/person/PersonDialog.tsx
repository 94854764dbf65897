import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { can } from '../../app/places';
import { useMe } from '../../api/queries';
import { useCalendars, useSchedules, useTeams } from '../../api/schedules';
import type { Contact } from '../../api/types';
import { editText } from '../../text/edit';
import { peopleText as t } from '../../text/organisation';
import { IconPlus, IconTrash } from '../../ui/icons';
import { Checks } from '../editing/Checks';
import { EditDialog } from '../editing/EditDialog';
import styles from '../editing/editing.module.css';
import { type Editor, useEditor } from '../editing/useEditor';
import type { Notify, Rule } from './Reach';

const fields = ['login', 'name', 'email', 'zone', 'calendar', 'site', 'language', 'role', 'contacts', 'notify', 'qualifiedFor'];

interface Written {
  login?: string;
  name?: string;
  email?: string;
  zone?: string;
  calendar?: string;
  site?: string;
  language?: string;
  role?: string;
  scope?: string[];
  contacts?: Contact[];
  notify?: Notify;
  qualifiedFor?: string[];
}

/** Rights everywhere, or for some teams; the other roles know no teams. */
const scoped = (role: string): boolean => role === 'manager' || role === 'responder';

/** `login` empty: somebody new. `only`: contacts and rules, without the rest. */
export default function PersonDialog({ login, only, onClose, onSaved }: { login: string; only?: 'reach'; onClose: () => void; onSaved?: (login: string) => void }) {
  const me = useMe().data;
  const schedules = useSchedules().data ?? [];
  const calendars = useCalendars().data ?? [];
  const teams = useTeams().data ?? [];
  const editor = useEditor({ plural: 'people', name: login, template: { login: '', name: '', role: 'responder' }, onSaved: (_, saved) => onSaved?.(saved) });
  const body = (editor.body ?? {}) as Written;
  const optional = (value: string): string | undefined => value || undefined;
  const line = (key: 'name' | 'email' | 'zone' | 'site' | 'language', more: object = {}) => (
    <TextInput label={t.fields[key]} value={body[key] ?? ''} error={editor.faultOf(key)} onChange={(event) => editor.set({ [key]: optional(event.currentTarget.value) })} {...more} />
  );
  // Only an admin makes an admin; somebody who is one keeps that.
  const roles = ['observer', 'responder', 'manager', 'admin'].filter((role) => role !== 'admin' || can(me, 'admin') || body.role === 'admin');
  return (
    <EditDialog title={only ? t.rules.edit : login ? t.edit(body.name ?? login) : t.newTitle} editor={editor} onClose={onClose} fields={fields}>
      {!only && (
        <>
          {!login && <TextInput data-autofocus label={t.fields.login} description={t.fields.loginHint} value={body.login ?? ''} error={editor.faultOf('login')} onChange={(event) => editor.set({ login: event.currentTarget.value })} />}
          <div className={styles.pair}>
            {line('name')}
            {line('email', { type: 'email' })}
          </div>
          <NativeSelect label={t.fields.role} value={body.role ?? 'responder'} error={editor.faultOf('role')} data={roles.map((role) => ({ value: role, label: t.roles[role] ?? role }))} onChange={(event) => editor.set({ role: event.currentTarget.value, ...(scoped(event.currentTarget.value) ? {} : { scope: undefined }) })} />
          {scoped(body.role ?? 'responder') && teams.length > 0 && (
            <Checks label={t.fields.scope} options={teams.map(({ name }) => ({ value: name, label: name }))} value={body.scope ?? []} error={editor.faultsUnder('scope')} onChange={(scope) => editor.set({ scope: scope.length ? scope : undefined })} />
          )}
          <div className={styles.pair}>
            {line('zone', { placeholder: t.fields.zoneHint })}
            <NativeSelect
              label={t.fields.calendar}
              value={body.calendar ?? ''}
              error={editor.faultOf('calendar')}
              data={[{ value: '', label: t.fields.noCalendar }, ...calendars.map(({ name }) => ({ value: name, label: name }))]}
              onChange={(event) => editor.set({ calendar: optional(event.currentTarget.value) })}
            />
          </div>
          <div className={styles.pair}>
            {line('site')}
            {line('language', { placeholder: 'en' })}
          </div>
        </>
      )}
      <Contacts editor={editor} contacts={body.contacts ?? []} />
      <Rules editor={editor} notify={body.notify ?? {}} contacts={body.contacts ?? []} />
      {!only && <Checks label={t.fields.qualifiedFor} options={schedules.map(({ name }) => ({ value: name, label: name }))} value={body.qualifiedFor ?? []} error={editor.faultsUnder('qualifiedFor')} onChange={(qualifiedFor) => editor.set({ qualifiedFor })} />}
    </EditDialog>
  );
}

function Contacts({ editor, contacts }: { editor: Editor; contacts: Contact[] }) {
  const set = (next: Contact[]): void => editor.set({ contacts: next });
  const change = (index: number, part: Partial<Contact>): void => set(contacts.map((contact, place) => (place === index ? { ...contact, ...part } : contact)));
  const c = t.contacts;
  return (
    <div className={styles.sub} role="group" aria-label={c.title}>
      <div className={styles.subHead}>{c.title}</div>
      {contacts.map((contact, index) => (
        <div key={index} className={styles.row}>
          <TextInput size="xs" className={styles.short} aria-label={c.nth(c.label, index + 1)} placeholder={c.label} value={contact.name} error={faultAt(editor, index, 'name')} onChange={(event) => change(index, { name: event.currentTarget.value })} />
          <NativeSelect size="xs" className={styles.short} aria-label={c.nth(c.way, index + 1)} value={contact.kind} data={Object.entries(c.kind).map(([value, label]) => ({ value, label }))} onChange={(event) => change(index, { kind: event.currentTarget.value })} />
          <TextInput size="xs" className={styles.grow} aria-label={c.nth(c.address, index + 1)} placeholder={c.examples[contact.kind]} value={contact.address} error={faultAt(editor, index, 'address')} onChange={(event) => change(index, { address: event.currentTarget.value })} />
          <ActionIcon size={30} variant="subtle" color="gray" aria-label={c.remove(contact.name)} onClick={() => set(contacts.filter((_, place) => place !== index))}>
            <IconTrash size={15} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={13} />} onClick={() => set([...contacts, { name: contacts.some(({ name }) => name === 'mobile') ? '' : 'mobile', kind: 'voice', address: '' }])}>
          {c.add}
        </Button>
      </div>
    </div>
  );
}

/** A contact's fault names it by its name where it has one, else by its place. */
function faultAt(editor: Editor, index: number, field: string): string | undefined {
  const contact = (editor.body?.contacts as Contact[] | undefined)?.[index];
  return editor.faultOf(`contacts[${contact?.name ?? ''}].${field}`) ?? editor.faultOf(`contacts[${index}].${field}`);
}

function Rules({ editor, notify, contacts }: { editor: Editor; notify: Notify; contacts: Contact[] }) {
  const r = t.rules;
  const set = (urgency: 'high' | 'low', rules: Rule[] | undefined): void => {
    const next: Notify = { ...notify };
    if (rules) next[urgency] = rules;
    else delete next[urgency];
    editor.set({ notify: Object.keys(next).length ? next : undefined });
  };
  return (
    <div className={styles.sub} role="group" aria-label={r.title}>
      <div className={styles.subHead}>{r.high}</div>
      <Steps rules={notify.high ?? []} contacts={contacts} onChange={(rules) => set('high', rules)} label={r.high} />
      {editor.faultsUnder('notify') && <p className={styles.fault}>{editor.faultsUnder('notify')}</p>}
      <label className={styles.check}>
        <input type="checkbox" checked={!!notify.low} onChange={(event) => set('low', event.currentTarget.checked ? (notify.high ?? []) : undefined)} />
        {r.separate}
      </label>
      {notify.low && <Steps rules={notify.low} contacts={contacts} onChange={(rules) => set('low', rules)} label={r.low} />}
    </div>
  );
}

function Steps({ rules, contacts, onChange, label }: { rules: Rule[]; contacts: Contact[]; onChange: (rules: Rule[]) => void; label: string }) {
  const r = t.rules;
  const change = (index: number, part: Partial<Rule>): void => onChange(rules.map((rule, place) => (place === index ? { ...rule, ...part } : rule)));
  return (
    <div className={styles.rows} role="group" aria-label={label}>
      {rules.map((rule, index) => (
        <div key={index} className={styles.row}>
          <TextInput size="xs" className={styles.short} aria-label={r.nth(r.delay, index + 1)} placeholder={r.atOnce} title={r.delayHint} value={rule.after ?? ''} onChange={(event) => change(index, { after: event.currentTarget.value || undefined })} />
          <NativeSelect
            size="xs"
            className={styles.grow}
            aria-label={r.nth(r.contact, index + 1)}
            value={rule.contact}
            data={[...(contacts.some(({ name }) => name === rule.contact) ? [] : [{ value: rule.contact, label: rule.contact || editText.choose }]), ...contacts.map((contact) => ({ value: contact.name, label: `${t.contacts.kind[contact.kind] ?? contact.kind} · ${contact.name}` }))]}
            onChange={(event) => change(index, { contact: event.currentTarget.value })}
          />
          <ActionIcon size={30} variant="subtle" color="gray" aria-label={r.remove(index + 1)} onClick={() => onChange(rules.filter((_, place) => place !== index))}>
            <IconTrash size={15} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={13} />} onClick={() => onChange([...rules, { contact: contacts[0]?.name ?? '', ...(rules.length ? { after: '2m' } : {}) }])}>
          {r.add}
        </Button>
      </div>
    </div>
  );
}

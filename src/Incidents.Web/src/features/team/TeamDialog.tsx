import { NativeSelect, TextInput } from '@mantine/core';
import { usePeople } from '../../api/queries';
import { useCalendars } from '../../api/schedules';
import { editText } from '../../text/edit';
import { peopleText } from '../../text/organisation';
import { Checks } from '../editing/Checks';
import { EditDialog } from '../editing/EditDialog';
import styles from '../editing/editing.module.css';
import { useEditor } from '../editing/useEditor';

const t = peopleText.teams;
const fields = ['name', 'lead', 'calendar', 'members'];

/** `name` empty: a new team. */
export default function TeamDialog({ name, onClose, onSaved }: { name: string; onClose: () => void; onSaved?: (name: string) => void }) {
  const people = [...(usePeople().data ?? [])].map(([value, label]) => ({ value, label }));
  const calendars = useCalendars().data ?? [];
  const editor = useEditor({ plural: 'teams', name, template: { name: '', members: [] }, onSaved: (_, saved) => onSaved?.(saved) });
  const body = (editor.body ?? {}) as { name?: string; lead?: string; calendar?: string; members?: string[] };
  return (
    <EditDialog title={name ? t.edit(name) : t.new} editor={editor} onClose={onClose} fields={fields}>
      {!name && <TextInput data-autofocus label={editText.name} value={body.name ?? ''} error={editor.faultOf('name')} maxLength={80} onChange={(event) => editor.set({ name: event.currentTarget.value })} />}
      <Checks label={t.membersTitle} options={people} value={body.members ?? []} error={editor.faultsUnder('members')} onChange={(members) => editor.set({ members })} />
      <div className={styles.pair}>
        <NativeSelect label={t.lead} value={body.lead ?? ''} error={editor.faultOf('lead')} data={[{ value: '', label: t.noLead }, ...people]} onChange={(event) => editor.set({ lead: event.currentTarget.value || undefined })} />
        <NativeSelect
          label={t.calendar}
          value={body.calendar ?? ''}
          error={editor.faultOf('calendar')}
          data={[{ value: '', label: t.noCalendar }, ...calendars.map((calendar) => ({ value: calendar.name, label: calendar.name }))]}
          onChange={(event) => editor.set({ calendar: event.currentTarget.value || undefined })}
        />
      </div>
    </EditDialog>
  );
}

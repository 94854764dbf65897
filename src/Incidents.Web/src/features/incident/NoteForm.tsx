import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Incident } from '../../api/types';
import { incidentText } from '../../text/incident';
import { useAct } from '../useAct';
import styles from './NoteForm.module.css';

export function NoteForm({ incident }: { incident: Incident }) {
  const { act, busy } = useAct({ tell: false });
  const [note, setNote] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (note.trim()) act({ incident, action: 'notes', note: note.trim() }, () => setNote(''));
  };
  return (
    <form className={`card ${styles.form}`} onSubmit={submit}>
      <Textarea
        aria-label={incidentText.note}
        placeholder={incidentText.noteHint}
        variant="unstyled"
        autosize
        minRows={1}
        maxRows={8}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
        }}
      />
      <Button type="submit" size="xs" variant="default" disabled={!note.trim()} loading={busy === 'notes'}>
        {incidentText.noteSubmit}
      </Button>
    </form>
  );
}

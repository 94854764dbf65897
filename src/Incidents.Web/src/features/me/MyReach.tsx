import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { can } from '../../app/places';
import { useMe, usePerson } from '../../api/queries';
import { editText } from '../../text/edit';
import { peopleText as t } from '../../text/organisation';
import { IconPencil } from '../../ui/icons';
import { Reach } from '../person/Reach';
import cards from '../schedule/cards.module.css';

const PersonDialog = lazy(() => import('../person/PersonDialog'));

/** My contacts and in which order they are tried. The API lets only managers change people, also themselves. */
export function MyReach({ login }: { login: string }) {
  const me = useMe().data;
  const person = usePerson(login).data;
  const [editing, setEditing] = useState(false);
  if (!person) return null;
  return (
    <>
      <Reach
        login={login}
        name={null}
        contacts={person.contacts}
        action={
          can(me, 'manager') ? (
            <Button size="compact-xs" variant="subtle" leftSection={<IconPencil size={14} />} onClick={() => setEditing(true)}>
              {editText.edit}
            </Button>
          ) : (
            <span className={cards.hint}>{t.rules.managers}</span>
          )
        }
      />
      <Suspense>{editing && <PersonDialog login={login} only="reach" onClose={() => setEditing(false)} />}</Suspense>
    </>
  );
}

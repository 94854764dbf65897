import { Modal } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { useIncidents, useIntegrations, usePeople, useServices } from '../api/queries';
import { usePolicies } from '../api/organisation';
import { useSchedules, useTeams } from '../api/schedules';
import { type Entry, find } from '../lib/find';
import { text } from '../text/en';
import { IconSearch } from '../ui/icons';
import styles from './Palette.module.css';
import type { PlaceGroup } from './places';

const open = { bucket: 'open', service: '', pool: '' } as const;

/** Every page and everything that has a name, with the address where it is. */
function useEntries(groups: PlaceGroup[]): Entry[] {
  const services = useServices().data ?? [];
  const policies = usePolicies().data ?? [];
  const people = usePeople().data ?? new Map<string, string>();
  const teams = useTeams().data ?? [];
  const schedules = useSchedules().data ?? [];
  const integrations = useIntegrations().data ?? [];
  const incidents = useIncidents(open).data?.pages.flatMap((page) => page.items) ?? [];
  const named = (kind: Entry['kind'], folder: string, name: string): Entry => ({ kind, name, to: `/${folder}/${encodeURIComponent(name)}` });
  return [
    ...groups.flatMap((group) => group.places.map(({ to, title }): Entry => ({ kind: 'page', name: title, to }))),
    ...incidents.map(({ number, title }): Entry => ({ kind: 'incident', name: `#${number} ${title}`, to: `/incidents/${number}` })),
    ...services.map(({ name }) => named('service', 'services', name)),
    ...policies.map(({ name }) => named('policy', 'policies', name)),
    ...[...people].map(([login, name]): Entry => ({ kind: 'person', name, also: login, to: `/people/${encodeURIComponent(login)}` })),
    ...teams.map(({ name }) => named('team', 'teams', name)),
    ...schedules.map(({ name }) => named('schedule', 'schedules', name)),
    ...integrations.map(({ name }): Entry => ({ kind: 'integration', name, to: `/integrations#${encodeURIComponent(name)}` })),
  ];
}

export default function Palette({ groups, onClose }: { groups: PlaceGroup[]; onClose: () => void }) {
  const entries = useEntries(groups);
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const [place, setPlace] = useState(0);
  const found = find(entries, query);
  const active = Math.min(place, found.length - 1);
  const go = (entry: Entry | undefined): void => {
    if (!entry) return;
    onClose();
    void navigate(entry.to);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step && found.length) {
      event.preventDefault();
      const next = (active + step + found.length) % found.length;
      setPlace(next);
      document.getElementById(`find-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      go(found[active]);
    }
  };
  return (
    <Modal opened onClose={onClose} withCloseButton={false} padding={0} size={560} yOffset="12vh" centered={false} aria-label={text.palette.title}>
      <div className={styles.field}>
        <IconSearch size={18} aria-hidden />
        <input
          data-autofocus
          role="combobox"
          aria-label={text.palette.title}
          aria-expanded
          aria-controls="find-list"
          aria-activedescendant={found.length ? `find-${active}` : undefined}
          placeholder={text.palette.hint}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setPlace(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id="find-list" role="listbox" aria-label={text.palette.title} className={styles.list}>
        {found.map((entry, index) => (
          <li key={entry.to + entry.name} id={`find-${index}`} role="option" aria-selected={index === active} className={styles.entry} onMouseMove={() => setPlace(index)} onClick={() => go(entry)}>
            <span className={styles.name}>{entry.name}</span>
            <span className={styles.kind}>{text.palette.kind[entry.kind]}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.empty}>{text.palette.empty}</p>}
    </Modal>
  );
}

import { ActionIcon, Button, CloseButton, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { type RefObject, useEffect, useState } from 'react';
import { useServices } from '../../api/queries';
import type { Incident } from '../../api/types';
import type { Bucket, Filters } from '../../lib/filters';
import { text } from '../../text/en';
import { IconFilter, IconPlus, IconSearch } from '../../ui/icons';
import styles from './Toolbar.module.css';

interface Props {
  filters: Filters;
  change: (part: Partial<Filters>) => void;
  loaded: readonly Incident[];
  searchRef: RefObject<HTMLInputElement | null>;
  onSearchDown: () => void;
  onDeclare?: () => void;
}

/** The values that occur, with the one that is filtered by even when nothing loaded has it. */
function options(values: (string | null)[], current: string): string[] {
  return [...new Set([...values, current].filter((value): value is string => !!value))].sort();
}

export function Toolbar({ filters, change, loaded, searchRef, onSearchDown, onDeclare }: Props) {
  const services = useServices().data ?? [];
  // The field keeps its own text: the address follows a moment later and must not overtake fast typing.
  const [typed, setTyped] = useState(filters.search);
  useEffect(() => {
    if (document.activeElement !== searchRef.current) setTyped(filters.search);
  }, [filters.search, searchRef]);
  // On a phone the filters stay folded away, unless one of them is at work.
  const [unfolded, setUnfolded] = useState(false);
  const active = !!(filters.search || filters.service || filters.pool || filters.severity || filters.mine);
  const search = (value: string): void => {
    setTyped(value);
    change({ search: value });
  };

  return (
    <div className={styles.bar} role="search" data-unfolded={unfolded || active || undefined}>
      <SegmentedControl
        size="xs"
        aria-label={text.list.tabs.label}
        value={filters.bucket}
        onChange={(value) => change({ bucket: value as Bucket })}
        data={[
          { value: 'open', label: text.list.tabs.open },
          { value: 'resolved', label: text.list.tabs.resolved },
          { value: 'all', label: text.list.tabs.all },
        ]}
      />
      <ActionIcon
        className={styles.fold}
        variant={active ? 'light' : 'default'}
        size={34}
        aria-label={text.list.filters}
        aria-expanded={unfolded || active}
        onClick={() => setUnfolded(!unfolded)}
      >
        <IconFilter size={17} />
      </ActionIcon>
      <TextInput
        ref={searchRef}
        className={styles.search}
        size="xs"
        type="search"
        aria-label={text.list.search}
        placeholder={text.list.searchHint}
        leftSection={<IconSearch size={15} />}
        rightSection={
          typed ? (
            <CloseButton size="xs" aria-label={text.list.clear} onClick={() => search('')} />
          ) : (
            <kbd className={styles.key}>/</kbd>
          )
        }
        value={typed}
        onChange={(event) => search(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault();
            onSearchDown();
          }
        }}
      />
      <NativeSelect
        className={styles.select}
        size="xs"
        aria-label={text.list.service}
        value={filters.service}
        onChange={(event) => change({ service: event.currentTarget.value })}
        data={[{ value: '', label: text.list.anyService }, ...options([...loaded.map((i) => i.service), ...services.map((s) => s.name)], filters.service)]}
      />
      <NativeSelect
        className={styles.select}
        size="xs"
        aria-label={text.list.pool}
        value={filters.pool}
        onChange={(event) => change({ pool: event.currentTarget.value })}
        data={[
          { value: '', label: text.list.anyPool },
          ...options([...loaded.map((i) => i.pool), ...services.map((s) => s.pool)], filters.pool).map((pool) => ({ value: pool, label: text.list.poolName(pool) })),
        ]}
      />
      <NativeSelect
        className={styles.select}
        size="xs"
        aria-label={text.list.severity}
        value={filters.severity}
        onChange={(event) => change({ severity: event.currentTarget.value })}
        data={[{ value: '', label: text.list.anySeverity }, ...Object.entries(text.severity).map(([value, label]) => ({ value, label: `${value} ${label}` }))]}
      />
      <Button className={styles.mine} size="xs" variant={filters.mine ? 'light' : 'default'} aria-pressed={filters.mine} onClick={() => change({ mine: !filters.mine })}>
        {text.list.mine}
      </Button>
      {onDeclare && (
        <Button className={styles.declare} size="xs" leftSection={<IconPlus size={15} />} onClick={onDeclare}>
          {text.list.declare}
        </Button>
      )}
    </div>
  );
}

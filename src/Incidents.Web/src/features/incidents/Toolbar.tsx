import { Button, CloseButton, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { type RefObject, useEffect, useState } from 'react';
import type { Incident } from '../../api/types';
import type { Bucket, Filters } from '../../lib/filters';
import { text } from '../../text/en';
import { IconPlus, IconSearch } from '../../ui/icons';
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
  // The field keeps its own text: the address follows a moment later and must not overtake fast typing.
  const [typed, setTyped] = useState(filters.search);
  useEffect(() => {
    if (document.activeElement !== searchRef.current) setTyped(filters.search);
  }, [filters.search, searchRef]);
  const search = (value: string): void => {
    setTyped(value);
    change({ search: value });
  };

  return (
    <div className={styles.bar} role="search">
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
        data={[{ value: '', label: text.list.anyService }, ...options(loaded.map((i) => i.service), filters.service)]}
      />
      <NativeSelect
        className={styles.select}
        size="xs"
        aria-label={text.list.pool}
        value={filters.pool}
        onChange={(event) => change({ pool: event.currentTarget.value })}
        data={[
          { value: '', label: text.list.anyPool },
          ...options(loaded.map((i) => i.pool), filters.pool).map((pool) => ({ value: pool, label: text.list.poolName(pool) })),
        ]}
      />
      {onDeclare && (
        <Button className={styles.declare} size="xs" leftSection={<IconPlus size={15} />} onClick={onDeclare}>
          {text.list.declare}
        </Button>
      )}
    </div>
  );
}

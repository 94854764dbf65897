import { Button, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { useIncidents, useMe, useOlderMatches } from '../../api/queries';
import { useKeys } from '../../app/useKeys';
import { useSendTestAlert } from '../../app/useSendTestAlert';
import type { Incident } from '../../api/types';
import { type Filters, grouped, inBucket, isWanted, matches, readFilters, writeFilters } from '../../lib/filters';
import { text } from '../../text/en';
import { EmptyState } from '../../ui/EmptyState';
import { IconCircleCheck, IconInbox, IconSearch, IconSend } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { useAct } from '../useAct';
import { Banner } from './Banner';
import type { Declared } from './DeclareDialog';
import styles from './IncidentsPage.module.css';
import { Row } from './Row';
import { Toolbar } from './Toolbar';

const DeclareDialog = lazy(() => import('./DeclareDialog'));
const BulkBar = lazy(() => import('./BulkBar'));

/** Moves the focus along the rows' links; the first press takes the first row. */
function moveFocus(list: HTMLElement | null, step: 1 | -1): void {
  const links = [...(list?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])];
  const at = links.findIndex((link) => link.closest('[data-incident]')?.contains(document.activeElement));
  const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** What is over is looked at only, and so is what is other teams'. */
const mayActOn = (incident: Incident): boolean => incident.status !== 'resolved' && incident.mayAct !== false;

export function IncidentsPage() {
  const [params, setParams] = useSearchParams();
  const filters = readFilters(params);
  const query = useIncidents(filters);
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [declaring, setDeclaring] = useState<Declared | boolean>(false);
  const { act, allowed, busy, busyId } = useAct({ tell: true });
  const login = useMe().data?.login;
  const navigate = useNavigate();
  const { state } = useLocation() as { state: { declare?: Declared } | null };
  const asked = state?.declare;
  useEffect(() => {
    if (!asked) return;
    setDeclaring(asked);
    // Asked once: coming back to the page does not ask again.
    void navigate('/', { replace: true, state: null });
  }, [asked, navigate]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const toggle = (ids: string[], on?: boolean): void =>
    setSelected((old) => {
      const next = new Set(old);
      for (const id of ids) if (on ?? !old.has(id)) next.add(id); else next.delete(id);
      return next;
    });

  const change = (part: Partial<Filters>): void =>
    setParams((current) => writeFilters({ ...readFilters(current), ...part }), { replace: part.search !== undefined });

  const loaded = query.data?.pages.flatMap((page) => page.items) ?? [];
  const [settledSearch] = useDebouncedValue(filters.search, 300);
  const older = useOlderMatches({ ...filters, search: settledSearch }, query.hasNextPage).data ?? [];
  const known = new Set(loaded.map((incident) => incident.id));
  const shown = [...loaded, ...older.filter((incident) => !known.has(incident.id))].filter((incident) => inBucket(incident, filters.bucket) && isWanted(incident, filters, login) && matches(incident, filters.search));
  const groups = grouped(shown);

  const focused = (): Incident | undefined => {
    const id = document.activeElement?.closest<HTMLElement>('[data-incident]')?.dataset.incident;
    return shown.find((candidate) => candidate.id === id);
  };

  useKeys({
    '/': () => search.current?.focus(),
    j: () => moveFocus(list.current, 1),
    k: () => moveFocus(list.current, -1),
    c: () => allowed && setDeclaring(true),
    x: () => {
      const incident = focused();
      if (allowed && incident && mayActOn(incident)) toggle([incident.id]);
    },
    // The question before it stands on the incident's page.
    e: () => {
      const incident = focused();
      if (allowed && incident && mayActOn(incident)) void navigate(`/incidents/${incident.number}`, { state: { ask: 'escalate' } });
    },
    a: () => {
      const incident = focused();
      if (!incident || incident.mayAct === false || (incident.status !== 'triggered' && incident.status !== 'triage')) return;
      act({ incident, action: 'acknowledge' });
      moveFocus(list.current, 1); // the row itself is about to move to another group
    },
  });

  return (
    <div className={styles.page}>
      <Banner />
      <Toolbar
        filters={filters}
        change={change}
        loaded={loaded}
        searchRef={search}
        onSearchDown={() => moveFocus(list.current, 1)}
        onDeclare={allowed ? () => setDeclaring(true) : undefined}
      />
      <div ref={list}>
        {query.isPending ? (
          <LoadingRows />
        ) : query.isError && !query.data ? (
          <LoadError error={query.error} retry={() => void query.refetch()} />
        ) : groups.length === 0 ? (
          <Empty filters={filters} clear={() => change({ service: '', pool: '', severity: '', mine: false, search: '' })} />
        ) : (
          groups.map((group) => (
            <section key={group.name} className={styles.group} aria-label={text.list.groupLabel(text.list.groups[group.name], group.items.length)}>
              <h2 className={styles.groupName} data-group={group.name}>
                {text.list.groups[group.name]}
                <span className="num">{group.items.length}</span>
                {allowed && group.items.some(mayActOn) && (
                  <label className={styles.all}>
                    <input type="checkbox" checked={group.items.filter(mayActOn).every(({ id }) => selected.has(id))} onChange={(event) => toggle(group.items.filter(mayActOn).map(({ id }) => id), event.currentTarget.checked)} />
                    {text.list.selectAll}
                  </label>
                )}
              </h2>
              <ul className={styles.rows} data-selecting={selected.size > 0 || undefined}>
                {group.items.map((incident) => (
                  <Row key={incident.id} incident={incident} act={act} allowed={allowed && mayActOn(incident)} busy={busyId === incident.id ? busy : null} selected={selected.has(incident.id)} onSelect={toggle} />
                ))}
              </ul>
            </section>
          ))
        )}
        {query.hasNextPage && (
          <div className={styles.more}>
            <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {text.list.more}
            </Button>
          </div>
        )}
      </div>
      <Suspense>
        {declaring && <DeclareDialog initial={declaring === true ? undefined : declaring} onClose={() => setDeclaring(false)} />}
        {selected.size > 0 && <BulkBar incidents={shown.filter(({ id }) => selected.has(id))} onClear={() => setSelected(new Set())} />}
      </Suspense>
    </div>
  );
}

function Empty({ filters, clear }: { filters: Filters; clear: () => void }) {
  const { send, isPending, allowed } = useSendTestAlert();
  if (filters.search || filters.service || filters.pool || filters.severity || filters.mine)
    return (
      <EmptyState
        icon={<IconSearch />}
        title={text.list.emptyFilter}
        hint={text.list.emptyFilterHint}
        action={
          <Button variant="default" size="xs" onClick={clear}>
            {text.list.clear}
          </Button>
        }
      />
    );
  if (filters.bucket === 'resolved')
    return <EmptyState icon={<IconInbox />} title={text.list.emptyResolved} hint={text.list.emptyResolvedHint} />;
  return (
    <EmptyState
      tone="good"
      icon={<IconCircleCheck />}
      title={filters.bucket === 'open' ? text.list.emptyOpen : text.list.emptyAll}
      hint={text.list.emptyOpenHint}
      action={
        allowed && (
          <Button size="sm" leftSection={<IconSend size={16} />} loading={isPending} onClick={send}>
            {text.testAlert.button}
          </Button>
        )
      }
    />
  );
}

function LoadingRows() {
  return (
    <div className={styles.loading} aria-busy>
      {[62, 48, 70, 55, 40].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} />
      ))}
    </div>
  );
}

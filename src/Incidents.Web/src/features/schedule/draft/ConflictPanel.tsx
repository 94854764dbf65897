import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { keys } from '../../../api/keys';
import type { Override } from '../../../api/scheduleTypes';
import { useNow } from '../../../lib/clock';
import { fieldChanges } from '../../../lib/diff';
import type { Draft, Live } from '../../../lib/draft';
import { dayTime } from '../../../lib/time';
import { minute } from '../../../lib/zone';
import { draftText } from '../../../text/drafts';
import { IconAlertTriangle } from '../../../ui/icons';
import { LoadError } from '../../../ui/LoadError';
import { useNameOf } from '../../../ui/usePeopleNames';
import { Diff } from '../../editing/Diff';
import editing from '../../editing/editing.module.css';
import { lastChange, loadLive } from './loadLive';
import styles from './DraftEditor.module.css';

const t = draftText.conflict;

interface Props {
  name: string;
  draft: Draft;
  /** The mark of what is live now. */
  basis: string | null;
  onRebase: (live: Live) => void;
  onTake: (live: Live) => void;
}

/** Somebody else has changed the schedule meanwhile: both changes side by side, and how it goes on. */
export function ConflictPanel({ name, draft, basis, onRebase, onTake }: Props) {
  const nameOf = useNameOf();
  const now = useNow(minute);
  const live = useQuery({ queryKey: [...keys.schedules, 'live', name, basis], queryFn: () => loadLive(name), staleTime: 0 });
  const by = useQuery({ queryKey: ['audit', 'last', name, basis], queryFn: () => lastChange(name, draft.startedAt) });
  const { base, present } = draft;
  return (
    <section className={styles.conflict} role="alert" aria-label={t.title}>
      <p>
        <IconAlertTriangle size={18} aria-hidden />
        <b>{t.title}</b> {by.data && t.by(nameOf(by.data.actor), dayTime(by.data.at, now))}
      </p>
      <p className={styles.hint}>{t.hint}</p>
      {live.isError ? (
        <LoadError error={live.error} retry={() => void live.refetch()} />
      ) : (
        live.data && (
          <>
            <div className={editing.both}>
              <section>
                <h3>{t.theirs}</h3>
                <Changes before={base.document.layers} after={live.data.document.layers} made={count(live.data.overrides, base.overrides)} gone={count(base.overrides, live.data.overrides, now)} />
              </section>
              <section>
                <h3>{t.mine}</h3>
                <Changes before={base.document.layers} after={present.layers} made={present.added.length} gone={present.removed.length} />
              </section>
            </div>
            <Group justify="flex-end" gap="xs">
              <Button size="xs" variant="default" onClick={() => onTake(live.data)}>
                {t.take}
              </Button>
              <Button size="xs" onClick={() => onRebase(live.data)}>
                {t.rebase}
              </Button>
            </Group>
          </>
        )
      )}
    </section>
  );
}

/** How many of the first are not among the second; what is over by now is not counted as gone. */
const count = (list: readonly Override[], others: readonly Override[], now = -Infinity): number => list.filter((one) => Date.parse(one.to) > now && others.every((other) => other.id !== one.id)).length;

function Changes({ before, after, made, gone }: { before: unknown[]; after: unknown[]; made: number; gone: number }) {
  const changes = fieldChanges(before, after);
  return (
    <>
      {changes.length > 0 && <Diff changes={changes} />}
      {made > 0 && <p>{t.overridesNew(made)}</p>}
      {gone > 0 && <p>{t.overridesLess(gone)}</p>}
      {changes.length + made + gone === 0 && <p className={styles.hint}>{t.nothing}</p>}
    </>
  );
}

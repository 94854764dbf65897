import { Skeleton } from '@mantine/core';
import { ApiError } from '../../api/client';
import { usePersonShifts } from '../../api/me';
import { useMe } from '../../api/queries';
import { meText as t } from '../../text/me';
import { EmptyState } from '../../ui/EmptyState';
import { IconUserCircle } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { Absences } from './Absences';
import { CalendarFeed } from './CalendarFeed';
import styles from './MePage.module.css';
import { ContactsCard } from './reach/ContactsCard';
import { PinCard } from './reach/PinCard';
import { RulesCard } from './reach/RulesCard';
import { MyShifts } from './MyShifts';
import { NowPanel } from './NowPanel';
import { Pay } from './Pay';
import { Swaps } from './Swaps';

export default function MePage() {
  const me = useMe().data;
  return me ? <Mine login={me.login} /> : <Waiting />;
}

function Waiting() {
  return (
    <div className={styles.page} aria-busy>
      <Skeleton height={84} radius="lg" />
      <Skeleton height={240} mt={24} radius="lg" />
    </div>
  );
}

function Mine({ login }: { login: string }) {
  const query = usePersonShifts(login);
  if (query.isPending) return <Waiting />;
  if (!query.data && query.error instanceof ApiError && query.error.status === 404) return <EmptyState icon={<IconUserCircle />} title={t.nobody} hint={t.nobodyHint} />;
  if (!query.data) return <LoadError error={query.error} retry={() => void query.refetch()} />;
  return (
    <div className={styles.page}>
      <NowPanel shifts={query.data} />
      <div className={styles.cards}>
        <div className={styles.column}>
          <Swaps login={login} shifts={query.data.items} />
          <MyShifts login={login} shifts={query.data} />
        </div>
        <div className={styles.column}>
          <Pay />
          <ContactsCard login={login} />
          <RulesCard />
          <PinCard />
          <Absences login={login} />
          <CalendarFeed />
        </div>
      </div>
    </div>
  );
}

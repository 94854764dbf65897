import { UnstyledButton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Me } from '../api/types';
import { text } from '../text/en';
import { PersonMark } from '../ui/PersonMark';
import styles from './UserMenu.module.css';

const UserMenu = lazy(() => import('./UserMenu'));

/** Where the menu is; what it needs is no part of the first page and comes when somebody reaches for it. */
export function UserButton({ me, onKeys }: { me: Me; onKeys: () => void }) {
  const [wanted, setWanted] = useState(false);
  const fetchIt = (): void => void import('./UserMenu');

  const button = (
    <UnstyledButton className={styles.target} aria-haspopup="menu" aria-expanded={wanted} aria-label={text.menu.open(me.name)} onPointerEnter={fetchIt} onFocus={fetchIt} onClick={() => setWanted(true)}>
      <PersonMark login={me.login} label={false} decorative size={28} />
    </UnstyledButton>
  );
  return wanted ? (
    <Suspense fallback={button}>
      <UserMenu me={me} onKeys={onKeys} />
    </Suspense>
  ) : (
    button
  );
}

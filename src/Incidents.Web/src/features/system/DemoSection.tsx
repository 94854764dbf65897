import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useDemoPlans } from '../../api/demo';
import { useMe } from '../../api/queries';
import { can } from '../../app/places';
import { welcomeText as t } from '../../text/welcome';
import page from '../page.module.css';
import styles from './SystemPage.module.css';

const DemoDialog = lazy(() => import('../welcome/DemoDialog'));

/** Loading and removing the demo organisation, for admins. */
export function DemoSection() {
  const admin = can(useMe().data, 'admin');
  const plans = useDemoPlans(admin).data?.data;
  const [asking, setAsking] = useState<'load' | 'remove' | null>(null);
  if (!admin) return null;
  const may = (what: 'load' | 'remove'): boolean => !!plans && (plans[what].changes.length > 0 || (what === 'load' && !!plans.load.refusal));
  return (
    <section className={styles.section} aria-label={t.demo.title}>
      <h2 className={page.heading}>{t.demo.title}</h2>
      <div className={`card ${styles.demo}`}>
        <p>{t.demo.hint}</p>
        <div className={styles.buttons}>
          {may('load') && (
            <Button size="xs" variant="default" onClick={() => setAsking('load')}>
              {t.demo.load}
            </Button>
          )}
          {may('remove') && (
            <Button size="xs" variant="default" onClick={() => setAsking('remove')}>
              {t.demo.remove}
            </Button>
          )}
          <Button component={Link} to="/welcome" size="xs" variant="subtle">
            {t.demo.guide}
          </Button>
        </div>
      </div>
      <Suspense>{asking && <DemoDialog what={asking} onClose={() => setAsking(null)} />}</Suspense>
    </section>
  );
}

import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, Navigate, useLocation } from 'react-router';
import { guideMemory, rememberGuide } from '../../lib/guide';
import { nextStepOf } from '../../lib/welcome';
import { welcomeText as t } from '../../text/welcome';
import { IconArrowRight } from '../../ui/icons';
import { useGuide } from './useGuide';
import styles from './WelcomeNudge.module.css';

/** An empty organisation leads into the guide; one that was begun and left has a line that leads back. */
export default function WelcomeNudge({ empty }: { empty: boolean }) {
  const { pathname } = useLocation();
  const guide = useGuide();
  const [dismissed, setDismissed] = useState(false);
  if (empty && pathname === '/' && !guideMemory()) return <Navigate to="/welcome" replace />;
  if (!guide || dismissed || guide.standing.done.ring) return null;
  const dismiss = (): void => {
    // An empty organisation offers it again with the next visit.
    if (!empty) rememberGuide(null);
    setDismissed(true);
  };
  return (
    <aside className={styles.nudge} aria-label={t.nudge.title}>
      <p>
        <b>{t.nudge.title}.</b> {t.nudge.hint(t.steps[nextStepOf(guide.standing)])}
      </p>
      <Button component={Link} to="/welcome" size="xs" rightSection={<IconArrowRight size={14} />}>
        {t.nudge.go}
      </Button>
      <Button variant="subtle" color="gray" size="xs" onClick={dismiss}>
        {t.nudge.dismiss}
      </Button>
    </aside>
  );
}

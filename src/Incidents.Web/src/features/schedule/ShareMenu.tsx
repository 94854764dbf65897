import { ActionIcon, Menu } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { draftText } from '../../text/drafts';
import { copyText } from '../../ui/CopyButton';
import { IconLink, IconPrinter, IconRss, IconShare } from '../../ui/icons';
import { toastDone, toastError } from '../../ui/toast';

const FeedDialog = lazy(() => import('./FeedDialog'));
const t = draftText.share;

/** The view as a link, on paper, or as a calendar. */
export function ShareMenu({ schedule }: { schedule: string }) {
  const [feed, setFeed] = useState(false);
  return (
    <>
      <Menu position="bottom-end" width={230} withinPortal>
        <Menu.Target>
          <ActionIcon size={30} variant="default" aria-label={t.label}>
            <IconShare size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={15} />} onClick={() => copyText(window.location.href).then(() => toastDone(t.copied), toastError)}>
            {t.link}
          </Menu.Item>
          <Menu.Item leftSection={<IconPrinter size={15} />} onClick={() => setTimeout(() => window.print(), 200)}>
            {t.print}
          </Menu.Item>
          <Menu.Item leftSection={<IconRss size={15} />} onClick={() => setFeed(true)}>
            {t.feed}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>{feed && <FeedDialog schedule={schedule} onClose={() => setFeed(false)} />}</Suspense>
    </>
  );
}

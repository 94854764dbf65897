import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import { useIncidents, useMe, usePeople } from '../api/queries';
import { text } from '../text/en';
import { IconDeviceMobile, IconDots, IconSearch, IconSend } from '../ui/icons';
import { Tip } from '../ui/Tip';
import { ErrorBoundary } from './ErrorBoundary';
import { LivePill } from './LivePill';
import { OfflineBar } from './OfflineBar';
import { Logo } from './Logo';
import { guideMemory } from '../lib/guide';
import { can, detailOf, type Place, placesFor, underThumb } from './places';
import styles from './Shell.module.css';
import { useKeys } from './useKeys';
import { UserButton } from './UserButton';
import { useSendTestAlert } from './useSendTestAlert';

const KeyHelp = lazy(() => import('./KeyHelp'));
const Palette = lazy(() => import('./Palette'));
const WelcomeNudge = lazy(() => import('../features/welcome/WelcomeNudge'));
const MoreSheet = lazy(() => import('./MoreSheet'));

const everything = { bucket: 'open', service: '', pool: '' } as const;

/** Open incidents that nobody has yet: what the tab's title and the navigation count. */
function useWaiting(): number {
  const { data } = useIncidents(everything);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return items.filter((incident) => incident.status === 'triggered' || incident.status === 'triage').length;
}

export function Shell() {
  const { pathname } = useLocation();
  const me = useMe();
  const waiting = useWaiting();
  const [open, setOpen] = useState<'help' | 'palette' | 'more' | null>(null);
  const close = (): void => setOpen(null);
  const sendTestAlert = useSendTestAlert();
  // The board has a search of its own; elsewhere one looks for everything that has a name.
  useKeys({ '?': () => setOpen('help'), '/': () => pathname !== '/' && setOpen('palette') });
  useHotkeys([['mod+K', () => setOpen('palette')]], []);

  const groups = placesFor(me.data);
  const places = groups.flatMap((group) => group.places);
  const detail = detailOf(pathname, places);
  const bare = detail?.to === '/'; // an incident has its own buttons where the navigation of a phone is
  const place = places.find((candidate) => candidate.to === pathname);
  const names = usePeople().data;
  const title = (detail?.to === '/people' ? names?.get(detail.title) : undefined) ?? detail?.title ?? place?.title ?? (pathname === '/welcome' ? text.nav.welcome : text.nav.notFound);
  const empty = names?.size === 0;
  const guided = pathname !== '/welcome' && can(me.data, 'admin') && (empty || !!guideMemory());

  useEffect(() => {
    document.title = `${waiting ? `(${waiting}) ` : ''}${title} · ${text.product}`;
  }, [waiting, title]);

  const here = detail?.to ?? pathname;
  const link = ({ to, title: name, icon: Icon }: Place) => (
    <NavLink key={to} to={to} end={to === '/'} className={styles.link} data-active={to === here || undefined}>
      <Icon size={18} stroke={1.7} aria-hidden />
      <span>{name}</span>
      {to === '/' && waiting > 0 && <span className={`${styles.count} num`}>{waiting}</span>}
    </NavLink>
  );

  return (
    <div className={styles.shell} data-detail={bare || undefined}>
      <a className={styles.skip} href="#content">
        {text.skip}
      </a>
      <aside className={styles.side}>
        <Link to="/" className={styles.brand}>
          <Logo />
          {text.product}
        </Link>
        <button type="button" className={styles.find} onClick={() => setOpen('palette')}>
          <IconSearch size={15} aria-hidden />
          <span>{text.palette.open}</span>
          <kbd>{text.palette.keys}</kbd>
        </button>
        <nav aria-label={text.nav.label} className={styles.links}>
          {groups.map((group, index) => (
            <div key={group.title} className={styles.group}>
              {index > 0 && <span className={styles.groupTitle}>{group.title}</span>}
              {group.places.map(link)}
            </div>
          ))}
          {me.data?.simulator && (
            <a className={styles.link} href="/simulator">
              <IconDeviceMobile size={18} stroke={1.7} aria-hidden />
              <span>{text.nav.phones}</span>
            </a>
          )}
        </nav>
        <div className={styles.sideFoot}>
          <LivePill />
        </div>
      </aside>

      <header className={styles.header}>
        {detail ? (
          <div className={styles.crumbs}>
            <Link to={detail.to} className={styles.crumb}>
              {detail.back}
            </Link>
            <span aria-hidden>/</span>
            <span className="num">{title}</span>
          </div>
        ) : (
          <h1 className={styles.title}>{title}</h1>
        )}
        <div className={styles.headerEnd}>
          <span className={styles.phoneOnly}>
            <LivePill compact />
          </span>
          {sendTestAlert.allowed && (
            <>
              <Button className={styles.wideOnly} variant="default" size="xs" leftSection={<IconSend size={15} />} loading={sendTestAlert.isPending} onClick={sendTestAlert.send}>
                {text.testAlert.button}
              </Button>
              <Tip label={text.testAlert.button}>
                <ActionIcon className={styles.phoneOnly} variant="default" size={36} aria-label={text.testAlert.button} loading={sendTestAlert.isPending} onClick={sendTestAlert.send}>
                  <IconSend size={17} />
                </ActionIcon>
              </Tip>
            </>
          )}
          {me.data ? <UserButton me={me.data} onKeys={() => setOpen('help')} /> : <Skeleton circle height={28} />}
        </div>
      </header>

      <main id="content" className={styles.main} tabIndex={-1}>
        <OfflineBar />
        <Suspense>{guided && <WelcomeNudge empty={empty} />}</Suspense>
        <ErrorBoundary key={pathname}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>

      {!bare && (
        <nav aria-label={text.nav.label} className={styles.bottom}>
          {groups[0]?.places.slice(0, underThumb).map(link)}
          <button type="button" className={styles.link} aria-haspopup="dialog" data-active={!groups[0]?.places.some((one) => one.to === here) || undefined} onClick={() => setOpen('more')}>
            <IconDots size={18} stroke={1.7} aria-hidden />
            <span>{text.nav.more}</span>
          </button>
        </nav>
      )}
      <Suspense>
        {open === 'help' && <KeyHelp onClose={close} />}
        {open === 'palette' && <Palette groups={groups} onClose={close} />}
        {open === 'more' && <MoreSheet groups={groups.slice(1)} here={here} simulator={!!me.data?.simulator} onClose={close} onFind={() => setOpen('palette')} />}
      </Suspense>
    </div>
  );
}

function Loading() {
  return (
    <div className={styles.loading} aria-busy>
      <Skeleton height={24} width="40%" />
      <Skeleton height={14} width="70%" mt={12} />
      <Skeleton height={160} mt={24} radius="lg" />
    </div>
  );
}

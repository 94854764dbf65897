import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import { useIncidents, useMe } from '../api/queries';
import { text } from '../text/en';
import { IconBell, IconCalendar, IconCalendarUser, IconDeviceMobile, IconHeartbeat, IconPlugConnected, IconSend, IconUsers } from '../ui/icons';
import { ErrorBoundary } from './ErrorBoundary';
import { LivePill } from './LivePill';
import { Logo } from './Logo';
import styles from './Shell.module.css';
import { useKeys } from './useKeys';
import { UserMenu } from './UserMenu';
import { useSendTestAlert } from './useSendTestAlert';

const places = [
  { to: '/', title: text.nav.incidents, icon: IconBell },
  { to: '/oncall', title: text.nav.oncall, icon: IconUsers },
  { to: '/schedules', title: text.nav.schedules, icon: IconCalendar },
  { to: '/me', title: text.nav.me, icon: IconCalendarUser },
  { to: '/integrations', title: text.nav.integrations, icon: IconPlugConnected, wide: true },
  { to: '/system', title: text.nav.system, icon: IconHeartbeat, wide: true },
];

/** Pages of one thing: where they lead back to, and how the thing is named. */
const details = [
  { path: /^\/incidents\/([^/]+)/, to: '/', back: text.nav.incidents, name: (id: string) => `#${id}` },
  { path: /^\/schedules\/([^/]+)/, to: '/schedules', back: text.nav.schedules, name: (id: string) => id },
];

/** A part of the address as it reads; a broken one as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function detailOf(pathname: string) {
  for (const { path, ...detail } of details) {
    const id = path.exec(pathname)?.[1];
    if (id) return { ...detail, title: detail.name(decoded(id)) };
  }
  return undefined;
}

const KeyHelp = lazy(() => import('./KeyHelp'));

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
  const [help, setHelp] = useState(false);
  const sendTestAlert = useSendTestAlert();
  useKeys({ '?': () => setHelp(true) });

  const detail = detailOf(pathname);
  const bare = detail?.to === '/'; // an incident has its own buttons where the navigation of a phone is
  const place = places.find((candidate) => candidate.to === pathname);
  const title = detail?.title ?? place?.title ?? text.nav.notFound;

  useEffect(() => {
    document.title = `${waiting ? `(${waiting}) ` : ''}${title} · ${text.product}`;
  }, [waiting, title]);

  const links = places.map(({ to, title: name, icon: Icon, wide }) => (
    <NavLink key={to} to={to} end={to === '/'} className={styles.link} data-wide={wide} data-active={to === (detail?.to ?? pathname) || undefined}>
      <Icon size={18} stroke={1.7} aria-hidden />
      <span>{name}</span>
      {to === '/' && waiting > 0 && <span className={`${styles.count} num`}>{waiting}</span>}
    </NavLink>
  ));

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
        <nav aria-label={text.nav.label} className={styles.links}>
          {links}
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
              <Tooltip label={text.testAlert.button}>
                <ActionIcon className={styles.phoneOnly} variant="default" size={36} aria-label={text.testAlert.button} loading={sendTestAlert.isPending} onClick={sendTestAlert.send}>
                  <IconSend size={17} />
                </ActionIcon>
              </Tooltip>
            </>
          )}
          {me.data ? <UserMenu me={me.data} onKeys={() => setHelp(true)} /> : <Skeleton circle height={28} />}
        </div>
      </header>

      <main id="content" className={styles.main} tabIndex={-1}>
        <ErrorBoundary key={pathname}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>

      {!bare && (
        <nav aria-label={text.nav.label} className={styles.bottom}>
          {links}
        </nav>
      )}
      <Suspense>{help && <KeyHelp onClose={() => setHelp(false)} />}</Suspense>
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

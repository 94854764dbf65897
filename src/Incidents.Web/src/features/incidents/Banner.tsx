import { Link } from 'react-router';
import { useFailedPages, useParked, usePeople } from '../../api/queries';
import type { FailedPage } from '../../api/types';
import { latestFailures } from '../../lib/failures';
import { text } from '../../text/en';
import { IconPhoneX, IconInbox } from '../../ui/icons';
import { Age } from '../../ui/Time';
import styles from './Banner.module.css';

const shown = 3;

/** What must not stay unseen: pages that could not be sent, and work that stopped. */
export function Banner() {
  const failed = latestFailures(useFailedPages().data ?? []);
  const parked = useParked().data ?? [];
  if (failed.length === 0 && parked.length === 0) return null;
  return (
    <section className={styles.banner} role="alert" aria-label={text.banner.label}>
      {failed.length > 0 && (
        <div className={styles.part}>
          <IconPhoneX size={18} aria-hidden />
          <div>
            <h2 className={styles.title}>{text.banner.failed(failed.length)}</h2>
            <ul>
              {failed.slice(0, shown).map((page) => (
                <li key={`${page.incident.id} ${page.person} ${page.channel} ${page.at}`} className={styles.item}>
                  <Failed page={page} />
                </li>
              ))}
              {failed.length > shown && <li className={styles.item}>{text.banner.more(failed.length - shown)}</li>}
            </ul>
          </div>
        </div>
      )}
      {parked.length > 0 && (
        <div className={styles.part}>
          <IconInbox size={18} aria-hidden />
          <div className={styles.title}>
            {text.banner.parked(parked.length)}{' '}
            <Link to="/system" className={styles.link}>
              {text.banner.review}
            </Link>
          </div>
        </div>
      )}
    </section>
  );
}

function Failed({ page }: { page: FailedPage }) {
  const { channel, reason, incident, at } = page;
  const person = usePeople().data?.get(page.person) ?? page.person;
  return (
    <>
      <strong>{text.banner.failedItem(person, channel && (text.channel[channel] ?? channel))}</strong>: {text.banner.reason[reason] ?? reason} ·{' '}
      <Link to={`/incidents/${incident.number}`} className={styles.link}>
        #{incident.number} {incident.title}
      </Link>{' '}
      · <Age at={at} wrap={text.banner.ago} />
    </>
  );
}

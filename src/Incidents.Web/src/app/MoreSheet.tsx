import { Modal } from '@mantine/core';
import { Link } from 'react-router';
import { text } from '../text/en';
import { IconDeviceMobile, IconSearch } from '../ui/icons';
import styles from './MoreSheet.module.css';
import type { PlaceGroup } from './places';

interface Props {
  groups: PlaceGroup[];
  here: string;
  simulator: boolean;
  onClose: () => void;
  onFind: () => void;
}

/** The places that do not fit under the thumb, as a sheet from below. */
export default function MoreSheet({ groups, here, simulator, onClose, onFind }: Props) {
  return (
    <Modal opened onClose={onClose} title={text.nav.more} centered={false} classNames={{ inner: styles.inner, content: styles.sheet }} transitionProps={{ transition: 'slide-up', duration: 140 }}>
      <button type="button" className={styles.find} onClick={onFind}>
        <IconSearch size={17} aria-hidden /> {text.palette.open}
      </button>
      {groups.map((group) => (
        <nav key={group.title} aria-label={group.title}>
          <h3 className={styles.title}>{group.title}</h3>
          <div className={styles.places}>
            {group.places.map(({ to, title, icon: Icon }) => (
              <Link key={to} to={to} className={styles.place} data-active={to === here || undefined} onClick={onClose}>
                <Icon size={20} stroke={1.7} aria-hidden /> {title}
              </Link>
            ))}
            {simulator && group === groups.at(-1) && (
              <a href="/simulator" className={styles.place}>
                <IconDeviceMobile size={20} stroke={1.7} aria-hidden /> {text.nav.phones}
              </a>
            )}
          </div>
        </nav>
      ))}
    </Modal>
  );
}

import { Modal } from '@mantine/core';
import { text } from '../text/en';
import styles from './KeyHelp.module.css';

const rows: { keys: string[]; what: string }[] = [
  { keys: ['/'], what: text.keys.search },
  { keys: ['Ctrl K'], what: text.keys.palette },
  { keys: ['j', 'k'], what: text.keys.move },
  { keys: ['Enter'], what: text.keys.open },
  { keys: ['a'], what: text.keys.acknowledge },
  { keys: ['e'], what: text.keys.escalate },
  { keys: ['x'], what: text.keys.select },
  { keys: ['c'], what: text.keys.declare },
  { keys: ['u'], what: text.keys.back },
  { keys: ['t'], what: text.keys.today },
  { keys: ['←', '→'], what: text.keys.shifts },
  { keys: ['Shift →'], what: text.keys.range },
  { keys: ['?'], what: text.keys.help },
];

export default function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={text.keys.title} size="sm">
      <dl className={styles.list}>
        {rows.map(({ keys, what }) => (
          <div key={what} className={styles.row}>
            <dt>{what}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key} className={styles.key}>
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}

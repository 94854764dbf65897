import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import type { Calendar } from '../../../api/scheduleTypes';
import type { WindowDoc } from '../../../lib/draft';
import { draftText } from '../../../text/drafts';
import { IconPlus, IconTrash } from '../../../ui/icons';
import styles from './LayerPanel.module.css';

const t = draftText.layer;
const dayWords = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

interface Props {
  windows: readonly WindowDoc[];
  calendars: readonly Calendar[];
  onChange: (windows: WindowDoc[]) => void;
  error?: string;
}

/** The only times at which a layer counts: days of the week, hours, and whether holidays matter. */
export function WindowList({ windows, calendars, onChange, error }: Props) {
  const set = (index: number, part: Partial<WindowDoc>): void => onChange(windows.map((one, at) => (at === index ? tidy({ ...one, ...part }) : one)));
  return (
    <fieldset className={styles.group}>
      <legend>{t.windows}</legend>
      <p className={styles.hint}>{t.windowsHint}</p>
      {windows.map((window, index) => (
        <div key={index} className={styles.window}>
          <div className={styles.days}>
            {dayWords.map((day, place) => {
              const all = !window.days?.length;
              const chosen = all || window.days!.includes(day);
              return (
                <label key={day} className={styles.day} data-on={chosen || undefined}>
                  <input
                    type="checkbox"
                    checked={chosen}
                    onChange={() => {
                      const days = dayWords.filter((one) => (one === day ? !chosen : all || window.days!.includes(one)));
                      set(index, { days: days.length === 7 || days.length === 0 ? undefined : days });
                    }}
                  />
                  {t.days[place]}
                </label>
              );
            })}
          </div>
          <div className={styles.pair}>
            <TextInput size="xs" type="time" label={t.windowFrom} value={window.from} onChange={(event) => set(index, { from: event.currentTarget.value })} />
            <TextInput size="xs" type="time" label={t.windowTo} value={window.to} onChange={(event) => set(index, { to: event.currentTarget.value })} />
          </div>
          <div className={styles.pair}>
            <NativeSelect size="xs" label={t.on} value={window.on ?? 'all'} data={Object.entries(t.ons).map(([value, label]) => ({ value, label }))} onChange={(event) => set(index, { on: event.currentTarget.value === 'all' ? undefined : event.currentTarget.value })} />
            {window.on && (
              <NativeSelect
                size="xs"
                label={t.calendar}
                value={window.calendar ?? ''}
                data={[{ value: '', label: t.teamCalendar }, ...calendars.map(({ name }) => ({ value: name, label: name }))]}
                onChange={(event) => set(index, { calendar: event.currentTarget.value || undefined })}
              />
            )}
          </div>
          <ActionIcon className={styles.removeWindow} size={26} variant="subtle" color="gray" aria-label={t.removeWindow} onClick={() => onChange(windows.filter((_, at) => at !== index))}>
            <IconTrash size={15} />
          </ActionIcon>
        </div>
      ))}
      <Button size="compact-xs" variant="default" justify="flex-start" style={{ justifySelf: 'start' }} leftSection={<IconPlus size={13} />} onClick={() => onChange([...windows, { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' }])}>
        {t.addWindow}
      </Button>
      {error && <p className={styles.fault}>{error}</p>}
    </fieldset>
  );
}

/** Without what is not set, as the document has it. */
function tidy(window: WindowDoc): WindowDoc {
  const { days, from, to, on, calendar } = window;
  return { ...(days && { days }), from, to, ...(on && { on }), ...(on && calendar && { calendar }) };
}

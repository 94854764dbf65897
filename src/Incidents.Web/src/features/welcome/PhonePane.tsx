import { usePhone, usePhoneAction, type SimulatedPhone } from '../../api/simulator';
import { welcomeText as t } from '../../text/welcome';
import { IconPhone, IconPhoneOff } from '../../ui/icons';
import styles from './PhonePane.module.css';

const keypad = [...'123456789*0#'];

/** The person's phone as the built-in simulator has it: it rings, speaks and takes keys. */
export function PhonePane({ number, name }: { number: string; name: string }) {
  const query = usePhone(number);
  const action = usePhoneAction(number);
  const phone = query.data;
  const act = (verb: 'answer' | 'decline' | 'hangup'): void => action.mutate({ verb });
  return (
    <section className={styles.phone} data-state={phone?.state} aria-label={t.phone.label(name)}>
      <div className={styles.screen}>
        {!phone ? (
          <p className={styles.idle}>{query.isError ? t.phone.away : '…'}</p>
        ) : phone.state === 'ringing' ? (
          <>
            <Caller line={t.phone.incoming} />
            <div className={styles.choose}>
              <button type="button" className={styles.decline} onClick={() => act('decline')}>
                <IconPhoneOff size={22} aria-hidden />
                <span>{t.phone.decline}</span>
              </button>
              <button type="button" className={styles.answer} onClick={() => act('answer')}>
                <IconPhone size={22} aria-hidden />
                <span>{t.phone.answer}</span>
              </button>
            </div>
          </>
        ) : phone.state === 'talking' ? (
          <>
            <ol className={styles.said} aria-label={t.phone.said} aria-live="polite" tabIndex={0}>
              {phone.call?.said.filter((line) => line.kind === 'say').map((line, place) => (
                <li key={place} lang={line.language ?? undefined}>
                  {line.text}
                </li>
              ))}
            </ol>
            {phone.call?.keys && <p className={styles.keys}>{t.phone.pressed(phone.call.keys)}</p>}
            <div className={styles.pad} role="group" aria-label={t.phone.keypad}>
              {keypad.map((digit) => (
                <button key={digit} type="button" data-wanted={digit === '4' || undefined} onClick={() => action.mutate({ verb: 'press', digit })}>
                  {digit}
                </button>
              ))}
            </div>
            <button type="button" className={styles.end} onClick={() => act('hangup')}>
              <IconPhoneOff size={20} aria-hidden /> {t.phone.hangUp}
            </button>
          </>
        ) : (
          <Idle phone={phone} name={name} />
        )}
      </div>
    </section>
  );
}

function Caller({ line }: { line: string }) {
  return (
    <div className={styles.caller}>
      <span className={styles.pulse} aria-hidden>
        <IconPhone size={30} />
      </span>
      <strong>{t.phone.caller}</strong>
      <span role="alert">{line}</span>
    </div>
  );
}

function Idle({ phone, name }: { phone: SimulatedPhone; name: string }) {
  const past = phone.past.slice(-3);
  const outcome = (of: string | undefined): string => (of === 'missed' ? t.phone.missed : of === 'declined' ? t.phone.declined : t.phone.call);
  return (
    <>
      <div className={styles.owner}>
        <strong>{name}</strong>
        <span className="num">{phone.number}</span>
      </div>
      {past.length === 0 ? (
        <p className={styles.idle}>{t.phone.idle}</p>
      ) : (
        <ul className={styles.past}>
          {past.map((item) => (
            <li key={item.id} data-mine={item.mine || undefined}>
              {item.kind === 'text' ? item.text : outcome(item.outcome)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

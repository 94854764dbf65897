import styles from './editing.module.css';

interface Props {
  label: string;
  options: { value: string; label: string }[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  error?: string;
  empty?: string;
}

/** Several of a list, in the list's order. */
export function Checks({ label, options, value, onChange, error, empty }: Props) {
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <legend className={styles.legend}>{label}</legend>
      {options.length === 0 ? (
        <p className={styles.hint}>{empty}</p>
      ) : (
        <div className={styles.checks}>
          {options.map((option) => (
            <label key={option.value} className={styles.check}>
              <input
                type="checkbox"
                checked={value.includes(option.value)}
                onChange={(event) => onChange(event.currentTarget.checked ? [...value, option.value] : value.filter((one) => one !== option.value))}
              />
              {option.label}
            </label>
          ))}
        </div>
      )}
      {error && <p className={styles.fault}>{error}</p>}
    </fieldset>
  );
}

import styles from './Choices.module.css';

export interface Choice<T extends string> {
  value: T;
  title: string;
  hint: string;
}

/** A choice of few, each with a line that says what it means. */
export function Choices<T extends string>({ label, name, value, choices, onChange }: { label: string; name: string; value: T; choices: Choice<T>[]; onChange: (value: T) => void }) {
  return (
    <fieldset className={styles.choices}>
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.choice} data-chosen={choice.value === value || undefined}>
          <input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          <span>
            <b>{choice.title}</b>
            {choice.hint}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

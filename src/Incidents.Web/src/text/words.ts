/** The texts of the console in the language that its reader chose; English is what they are written in. */

export type Language = 'en' | 'pt';

export const languages: { code: Language; name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'pt', name: 'Português' },
];

const storageKey = 'incidents-language';

type Tree = Record<string, unknown>;

const registered = new Map<string, Tree>();
let translation: Record<string, Tree> = {};
let current: Language = 'en';

/** Every member that may be translated: functions keep their parameters, lists their length. */
export type Translated<T> = {
  [K in keyof T]: T[K] extends string ? string : T[K] extends (...given: infer P) => infer R ? (...given: P) => R extends string ? string : R extends readonly [string, string] ? readonly [string, string] : R : T[K] extends readonly string[] ? readonly string[] : T[K] extends object ? Translated<T[K]> : T[K];
};

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

function overlay(target: Tree, source: Tree): void {
  for (const [key, value] of Object.entries(source)) {
    const there = target[key];
    if (isTree(value) && isTree(there)) overlay(there, value);
    else target[key] = value;
  }
}

/** Makes a part of the texts known under a key, in the chosen language where that has been loaded. */
export function words<T extends object>(key: string, english: T): T {
  registered.set(key, english as Tree);
  const translated = translation[key];
  if (translated) overlay(english as Tree, translated);
  return english;
}

export const language = (): Language => current;

/** The locale in which dates are written. */
export const dateLocale = (): string => (current === 'pt' ? 'pt-BR' : 'en-GB');

/** What was chosen here, else what the browser prefers; English for every language that there is none of. */
export function preferred(stored: string | null, browser: readonly string[]): Language {
  const known = (code: string): Language | undefined => languages.find((one) => one.code === code.slice(0, 2).toLowerCase())?.code;
  if (stored) return known(stored) ?? 'en';
  return browser.map(known).find((code) => code !== undefined) ?? 'en';
}

function stored(): string | null {
  try {
    return window.localStorage.getItem(storageKey);
  } catch {
    return null; // storage may be blocked
  }
}

/** Before anything is shown. English needs no request; should the translation not arrive, English is better than nothing. */
export async function loadLanguage(): Promise<void> {
  const wanted = preferred(stored(), navigator.languages ?? []);
  if (wanted === 'pt') {
    try {
      use(wanted, (await import('./pt')).pt as Record<string, Tree>);
    } catch {
      use('en', {});
    }
  }
  document.documentElement.lang = current === 'pt' ? 'pt-BR' : 'en';
}

export function use(code: Language, trees: Record<string, Tree>): void {
  current = code;
  translation = trees;
  for (const [key, tree] of registered) if (trees[key]) overlay(tree, trees[key]);
}

export function chooseLanguage(code: Language): void {
  try {
    window.localStorage.setItem(storageKey, code);
  } catch {
    return; // without storage the choice would be gone with the reload
  }
  window.location.reload();
}

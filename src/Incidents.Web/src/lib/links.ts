/** Whether a value from outside may become a link: only addresses of the web, so that no `javascript:` ever does. */
export function isWebAddress(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}

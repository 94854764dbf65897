import type { Money } from '../api/scheduleTypes';

/** An amount in its currency's minor units, exactly; amounts are decimal strings with the currency's own number of decimals. */
function minor(amount: string): { units: bigint; decimals: number } {
  const decimals = amount.split('.')[1]?.length ?? 0;
  return { units: BigInt(amount.replace('.', '')), decimals };
}

function decimal(units: bigint, decimals: number): string {
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return decimals ? `${whole}.${digits.slice(-decimals)}` : whole;
}

/** "7 592.00 BRL". */
export const writtenMoney = ({ amount, currency }: Money): string => `${amount.replace(/\B(?=(\d{3})+(?!\d))/g, ' ')} ${currency}`;

/** What each currency gains or loses, "+12.50 BRL"; those that stay the same are left out. Currencies are never added together. */
export function moneyChanges(before: readonly Money[], after: readonly Money[]): string[] {
  const currencies = [...new Set([...before, ...after].map((money) => money.currency))].sort();
  return currencies.flatMap((currency) => {
    const was = minor(before.find((money) => money.currency === currency)?.amount ?? '0');
    const will = minor(after.find((money) => money.currency === currency)?.amount ?? '0');
    const decimals = Math.max(was.decimals, will.decimals);
    const scaled = ({ units, decimals: own }: typeof was): bigint => units * 10n ** BigInt(decimals - own);
    const change = scaled(will) - scaled(was);
    return change === 0n ? [] : [`${change > 0n ? '+' : '−'}${writtenMoney({ amount: decimal(change, decimals), currency })}`];
  });
}

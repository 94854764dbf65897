import { describe, expect, it } from 'vitest';
import { moneyChanges, writtenMoney } from '../src/lib/money';

const money = (amount: string, currency: string) => ({ amount, currency });

describe('moneyChanges', () => {
  it('are exact, and apart for each currency', () =>
    expect(moneyChanges([money('0.10', 'BRL'), money('1200.00', 'EUR')], [money('0.30', 'BRL'), money('1140.55', 'EUR')])).toEqual(['+0.20 BRL', '−59.45 EUR']));

  it('leave out what stays, and know currencies that come, go or have no decimals', () =>
    expect(moneyChanges([money('5.00', 'BRL'), money('12345', 'JPY')], [money('5.00', 'BRL'), money('7.05', 'EUR')])).toEqual(['+7.05 EUR', '−12 345 JPY']));
});

describe('writtenMoney', () => it('parts thousands', () => expect(writtenMoney(money('1234567.80', 'BRL'))).toBe('1 234 567.80 BRL')));

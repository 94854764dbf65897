using System.Collections.Frozen;

namespace Incidents.Scheduling.Compensation;

/// <summary>Minor units of currencies by ISO 4217 (list one): how many decimals an amount has. A currency that the list does not name has two.</summary>
internal static class Currencies
{
    private const int Usual = 2;

    private static readonly FrozenDictionary<string, int> Exceptions = new[]
    {
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
    }.SelectMany(group => group.Item2.Split(' ').Select(code => (Code: code, Digits: group.Item1)))
        .ToFrozenDictionary(c => c.Code, c => c.Digits, StringComparer.Ordinal);

    public static int DigitsOf(string currency) => Exceptions.GetValueOrDefault(currency, Usual);
}

using System.Globalization;
using System.Numerics;
using NodaTime;

namespace Incidents.Scheduling.Compensation;

/// <summary>
/// Time × hourly rate × coefficients as an exact fraction: nothing is rounded before the end, whatever the decimals of the factors.
/// </summary>
internal readonly struct Product
{
    private readonly BigInteger numerator;
    private readonly BigInteger denominator;

    private Product(BigInteger numerator, BigInteger denominator) => (this.numerator, this.denominator) = (numerator, denominator);

    public static Product Of(Duration time, params ReadOnlySpan<decimal> factors)
    {
        var (above, below) = (new BigInteger(time.BclCompatibleTicks), new BigInteger(NodaConstants.TicksPerHour));
        Span<int> bits = stackalloc int[4];
        foreach (var factor in factors)
        {
            decimal.GetBits(factor, bits);
            var mantissa = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
            above *= bits[3] < 0 ? -mantissa : mantissa;
            below *= BigInteger.Pow(10, (bits[3] >> 16) & 0xFF);
        }

        return new Product(above, below);
    }

    /// <summary>Rounded half-even (IEEE 754 roundTiesToEven) to so many decimals.</summary>
    public decimal Round(int digits)
    {
        var quotient = BigInteger.DivRem(BigInteger.Abs(numerator) * BigInteger.Pow(10, digits), denominator, out var rest);
        var half = (rest * 2).CompareTo(denominator);
        if (half > 0 || (half == 0 && !quotient.IsEven))
            quotient += 1;
        return (decimal)(numerator.Sign < 0 ? -quotient : quotient) / (decimal)BigInteger.Pow(10, digits);
    }

    /// <summary>Whether so many decimals hold it exactly.</summary>
    public bool IsExactIn(int digits) => (numerator * BigInteger.Pow(10, digits) % denominator).IsZero;

    /// <summary>The value in at most <paramref name="digits"/> decimals, without trailing zeros; an ellipsis says that there are more.</summary>
    public string Text(int digits = 9)
    {
        var cut = BigInteger.DivRem(BigInteger.Abs(numerator) * BigInteger.Pow(10, digits), denominator, out var rest);
        var text = cut.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0').Insert(Math.Max(1, cut.ToString(CultureInfo.InvariantCulture).Length - digits), ".");
        return (numerator.Sign < 0 ? "-" : "") + (rest.IsZero ? text.TrimEnd('0').TrimEnd('.') : text + "…");
    }
}

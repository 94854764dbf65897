using Incidents.Scheduling.Compensation;
using NodaTime;

namespace Incidents.Scheduling.Tests.Compensation;

public class Amounts_when_rounded
{
    // One hour of a holiday (1.0) in pool A (1.5).
    [Theory]
    [InlineData("8.23 EUR", "12.34 EUR")] // 12.345: to the even cent, down
    [InlineData("8.21 EUR", "12.32 EUR")] // 12.315: to the even cent, up
    [InlineData("8.25 EUR", "12.38 EUR")] // 12.375
    [InlineData("8.27 EUR", "12.40 EUR")] // 12.405
    [InlineData("8.2300001 EUR", "12.35 EUR")] // a hair above the half
    [InlineData("8.2299999 EUR", "12.34 EUR")] // a hair below it
    [InlineData("2501 JPY", "3752 JPY")] // 3751.5
    [InlineData("2503 JPY", "3754 JPY")] // 3754.5
    [InlineData("0.333 BHD", "0.500 BHD")] // 0.4995
    [InlineData("0.331 BHD", "0.496 BHD")] // 0.4965
    [InlineData("0.0003 CLF", "0.0004 CLF")] // 0.00045
    public void go_half_even_to_the_minor_unit(string rate, string expected)
    {
        var scene = new PayScene().Calendar("c", "Etc/UTC", Given.Weekdays, "2026-12-25").Person("ana", "Etc/UTC", "c", rate).Duty("duty", "ana", "2026-12-25T09:00Z", "2026-12-25T10:00Z");

        Assert.Equal(expected, Assert.Single(scene.Statement("2026-12", "ana").Lines).Amount.ToString());
    }

    [Fact]
    public void are_exact_where_a_decimal_product_would_already_have_been_rounded()
    {
        // 1/3 h × 0.03 × a coefficient of 28 digits just above one half: in decimals the product would be the half itself.
        var coefficient = 0.5000000000000000000000000001m;

        Assert.Equal(0.01m, Product.Of(Duration.FromMinutes(20), 0.03m, 1.0m, coefficient).Round(2));
        Assert.Equal(0.00m, Product.Of(Duration.FromMinutes(20), 0.03m, 1.0m, 0.5m).Round(2));
    }

    [Theory]
    [InlineData(20, "10", "3.333333333…")]
    [InlineData(60, "12.345", "12.345")]
    [InlineData(60, "100", "100")]
    [InlineData(1, "0.00006", "0.000001")]
    public void are_written_out(int minutes, string factor, string expected)
        => Assert.Equal(expected, Product.Of(Duration.FromMinutes(minutes), decimal.Parse(factor, System.Globalization.CultureInfo.InvariantCulture)).Text());

    [Theory]
    [InlineData("JPY", 0)]
    [InlineData("KRW", 0)]
    [InlineData("CLP", 0)]
    [InlineData("ISK", 0)]
    [InlineData("XOF", 0)]
    [InlineData("BHD", 3)]
    [InlineData("KWD", 3)]
    [InlineData("TND", 3)]
    [InlineData("CLF", 4)]
    [InlineData("EUR", 2)]
    [InlineData("BRL", 2)]
    [InlineData("USD", 2)]
    public void have_the_decimals_of_ISO_4217(string currency, int digits) => Assert.Equal(digits, Currencies.DigitsOf(currency));

    [Theory]
    [InlineData(0, "0 h")]
    [InlineData(60, "1 min")]
    [InlineData(7 * 3600 + 20 * 60 + 5, "7 h 20 min 5 s")]
    public void stand_beside_times_in_words(int seconds, string expected) => Assert.Equal(expected, Explain.Time(Duration.FromSeconds(seconds)));
}

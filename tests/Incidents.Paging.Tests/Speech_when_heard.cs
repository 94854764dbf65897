using Incidents.Paging.Channels.Phrases;
using NodaTime;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed class Speech_when_heard
{
    [Theory]
    [InlineData(7, "7")]
    [InlineData(42, "42")]
    [InlineData(104, "1 0 4")]
    [InlineData(10427, "1 0 4, 2 7")]
    public void says_numbers_in_groups(long number, string said) => Assert.Equal(said, Spoken.Number(number));

    [Theory]
    [InlineData("payments-api", "payments api")]
    [InlineData("k8s_node.exporter/v2", "k8s node exporter v2")]
    [InlineData("checkoutService", "checkout Service")]
    [InlineData("---", "---")]
    public void says_names_as_words(string name, string said) => Assert.Equal(said, Spoken.Name(name));

    [Theory]
    [InlineData("Disk full on db-1", "Disk full on db-1.")]
    [InlineData("Is it down?", "Is it down?")]
    [InlineData("Errors, see https://grafana.example.com/d/x?orgId=1&var=a now", "Errors, see now.")]
    [InlineData("HighLatency {job=\"api\", instance=\"10.0.0.1:9090\"} for 5 min", "HighLatency for 5 min.")]
    [InlineData("Pod restarts namespace=\"prod\" pod=api-7f9 too often", "Pod restarts too often.")]
    [InlineData("[FIRING:2] disk_usage", "[FIRING:2] disk usage.")]
    [InlineData("https://example.com/", null)]
    [InlineData("{a=\"b\"}", null)]
    [InlineData("Ошибка в платежах", "Ошибка в платежах.")]
    public void says_titles_without_what_nobody_can_listen_to(string title, string? said) => Assert.Equal(said, Spoken.Title(title));

    [Fact]
    public void says_times_in_the_persons_zone()
    {
        var at = Instant.FromUtc(2026, 3, 2, 22, 5);
        Assert.Equal("00:05", Spoken.Time(at, "Europe/Tallinn"));
        Assert.Equal("19:05", Spoken.Time(at, "America/Sao_Paulo"));
        Assert.Equal("22:05", Spoken.Time(at, null));
        Assert.Equal("22:05", Spoken.Time(at, "Nowhere/Else"));
    }
}

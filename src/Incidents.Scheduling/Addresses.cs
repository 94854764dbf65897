using Microsoft.Extensions.Configuration;

namespace Incidents.Scheduling;

/// <summary>Where people and their calendars reach this installation: <c>PublicUrl</c>, else the first of <c>Urls</c>.</summary>
internal sealed class Addresses(IConfiguration configuration)
{
    public string Base { get; } = (Given(configuration["PublicUrl"]) ?? Given(configuration["Urls"]?.Split(';')[0]) ?? "http://127.0.0.1:8080").TrimEnd('/');

    public string Schedule(string name) => $"{Base}/schedules/{Uri.EscapeDataString(name)}";

    public string Calendar(string token) => $"{Base}/calendars/{token}.ics";

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

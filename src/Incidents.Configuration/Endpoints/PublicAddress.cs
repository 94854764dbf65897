using Microsoft.Extensions.Configuration;

namespace Incidents.Configuration.Endpoints;

/// <summary>Where sources reach this installation: <c>PublicUrl</c>, else the first of <c>Urls</c>.</summary>
internal sealed class PublicAddress(IConfiguration configuration)
{
    public string Base { get; } = (Given(configuration["PublicUrl"]) ?? Given(configuration["Urls"]?.Split(';')[0]) ?? "http://127.0.0.1:8080").TrimEnd('/');

    public string OfIntegration(string kind, string key) => $"{Base}/integrations/{key}/{kind}";

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

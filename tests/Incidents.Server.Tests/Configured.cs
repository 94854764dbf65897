using Microsoft.Extensions.Configuration;

namespace Incidents.Server.Tests;

internal static class Configured
{
    public static IConfiguration AddInMemory(this IConfigurationBuilder builder, IReadOnlyDictionary<string, string> settings)
        => builder.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();

    /// <summary><c>Key=value</c> lines.</summary>
    public static IConfiguration By(params string[] settings)
        => new ConfigurationBuilder().AddInMemory(settings.Select(s => s.Split('=', 2)).ToDictionary(s => s[0], s => s[1], StringComparer.Ordinal));
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Incidents.Server.Composition;
using Microsoft.Extensions.Configuration;

namespace Incidents.Server.Tests;

public sealed class Settings_when_documented
{
    [Fact]
    public void Are_all_in_the_operations_page()
    {
        var table = new StringBuilder("| setting | default | meaning | secret |\n|---|---|---|---|\n");
        foreach (var setting in ProcessSetting.All)
            table.Append(CultureInfo.InvariantCulture, $"| `{setting.Key}` | {setting.Default} | {setting.Meaning} | {(setting.Secret ? "yes" : "")} |\n");
        foreach (var (section, type) in SettingsCheck.Sections)
        {
            var meanings = Documented.Meanings(type);
            var defaults = Activator.CreateInstance(type);
            foreach (var property in SettingsCheck.Properties(type))
            {
                var meaning = meanings[property.Name];
                table.Append(CultureInfo.InvariantCulture, $"| `{section}:{property.Name}` | {Value(property.GetValue(defaults))} | {meaning.Replace(" Secret.", "", StringComparison.Ordinal)} | {(meaning.Contains("Secret", StringComparison.Ordinal) ? "yes" : "")} |\n");
            }
        }

        Documented.Section("settings", table.ToString());
    }

    [Fact]
    public void Name_those_of_the_compose_file()
    {
        var compose = File.ReadAllText(RepositoryFolder.PathTo("docker", "compose.yml"));
        var keys = Regex.Matches(compose, "INCIDENTS__(?<key>[A-Za-z_]+):", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))
            .Select(m => m.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);

        var unknown = SettingsCheck.Unknown(new ConfigurationBuilder().AddInMemory(keys.ToDictionary(k => k, _ => "x", StringComparer.Ordinal)));

        Assert.Empty(unknown);
    }

    private static string Value(object? value) => value switch
    {
        null or "" => "none",
        bool b => b ? "`true`" : "`false`",
        TimeSpan t when t.Ticks % TimeSpan.TicksPerSecond != 0 => $"`{t.ToString("c").TrimEnd('0')}`",
        TimeSpan t => $"`{t}`",
        IFormattable f => $"`{f.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => $"`{value}`",
    };
}

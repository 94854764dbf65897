namespace Incidents.Kernel;

/// <summary>How bad an incident is; SEV1 is the worst. The number is what is stored and compared.</summary>
public enum Severity
{
    Sev1 = 1,
    Sev2 = 2,
    Sev3 = 3,
    Sev4 = 4,
}

/// <summary>Names of severities on the wire (<c>SEV1</c>) and in sources (<c>critical</c>).</summary>
public static class Severities
{
    public const Severity Default = Severity.Sev3;

    public static string Name(this Severity severity) => severity switch
    {
        Severity.Sev1 => "SEV1",
        Severity.Sev2 => "SEV2",
        Severity.Sev3 => "SEV3",
        _ => "SEV4",
    };

    /// <summary>Reads <c>SEV1..SEV4</c>, or a source's word (critical, error, warning, info); null when it is neither.</summary>
    public static Severity? Parse(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "sev1" or "critical" or "page" => Severity.Sev1,
        "sev2" or "error" => Severity.Sev2,
        "sev3" or "warning" => Severity.Sev3,
        "sev4" or "info" => Severity.Sev4,
        _ => null,
    };
}

using System.Net;

namespace Incidents.Client;

/// <summary>The server answered, and refused or failed: RFC 7807 as an exception.</summary>
public sealed class ApiException(HttpStatusCode status, string? type, string title, IReadOnlyList<ApiFault> faults) : Exception(title)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>Stable; null when the answer was no problem document (a proxy, say).</summary>
    public string? Type { get; } = type;

    /// <summary>What is wrong, by path; empty when the title says it all.</summary>
    public IReadOnlyList<ApiFault> Faults { get; } = faults;
}

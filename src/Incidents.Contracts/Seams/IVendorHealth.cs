namespace Incidents.Contracts.Seams;

/// <summary>How the vendors that reach people do, as this process sees them.</summary>
public interface IVendorHealth
{
    /// <summary>A sentence for each vendor that is left alone for its failures; none: all is well.</summary>
    IReadOnlyList<string> Troubles();

    /// <summary>How the vendors are called that are configured; none: nobody can be reached.</summary>
    IReadOnlyList<string> Configured();
}

namespace Incidents.Scheduling;

/// <summary>What people are told when who is on call changes. Section <c>Scheduling:Handoffs</c>.</summary>
public sealed class HandoffOptions
{
    public const string Section = "Scheduling:Handoffs";

    /// <summary>Tells those who begin and end their duty. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Tells the secondaries too, not only the primaries. Default false.</summary>
    public bool Secondary { get; set; }
}

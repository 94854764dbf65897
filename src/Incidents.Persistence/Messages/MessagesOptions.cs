using System.ComponentModel.DataAnnotations;

namespace Incidents.Persistence.Messages;

/// <summary>Message rows and their delivery. Section <c>Messages</c>.</summary>
public sealed class MessagesOptions
{
    public const string Section = "Messages";

    /// <summary>Hand a committed row straight to a consumer of this process while that is not busy; else over the bus. Default true.</summary>
    public bool LocalFirst { get; set; } = true;

    /// <summary>Rows that may wait for a consumer inside the process before the bus is used. Default 64.</summary>
    [Range(1, 10000)]
    public int LocalBacklog { get; set; } = 64;

    /// <summary>Rows waiting to be published; beyond it they are left to the sweeper. Default 10000.</summary>
    [Range(1, 1_000_000)]
    public int PublishBacklog { get; set; } = 10_000;

    /// <summary>Longest sleep of the sweeper. Default 200 ms; 10 ms to 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Failures after which a row is parked. Default 10.</summary>
    [Range(1, 1000)]
    public int ParkAfter { get; set; } = 10;

    /// <summary>How often a parked row is tried again. Default 5 minutes; 1 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ParkedRetry { get; set; } = TimeSpan.FromMinutes(5);
}

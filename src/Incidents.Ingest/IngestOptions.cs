using System.ComponentModel.DataAnnotations;

namespace Incidents.Ingest;

/// <summary>Accepting alerts. Section <c>Ingest</c>.</summary>
public sealed class IngestOptions
{
    public const string Section = "Ingest";

    /// <summary>Alerts of one integration that may wait for their commit at once; more are answered 503 or 429. Default 20000.</summary>
    [Range(1, 10_000_000)]
    public int WaitingPerIntegration { get; set; } = 20_000;

    /// <summary>Alerts a second that one integration may send in the long run, so that it cannot starve the others. Default 50000.</summary>
    [Range(1, 10_000_000)]
    public int RatePerIntegration { get; set; } = 50_000;

    /// <summary>Largest body of the Alertmanager and Grafana paths, in bytes. Default 16 MiB.</summary>
    [Range(1024, 1 << 30)]
    public int MaxWebhookBytes { get; set; } = 16 << 20;

    /// <summary>Largest body of the generic path, in bytes. Default 1 MiB.</summary>
    [Range(1024, 1 << 30)]
    public int MaxGenericBytes { get; set; } = 1 << 20;

    /// <summary>Transactions that write accepted alerts at the same time on PostgreSQL. Default 2.</summary>
    [Range(1, 16)]
    public int Writers { get; set; } = 2;

    /// <summary>Alerts in one such transaction at most. Default 500.</summary>
    [Range(1, 10_000)]
    public int MaxBatch { get; set; } = 500;

    /// <summary>Longest wait for the commit before 503. Default 10 s; 100 ms to 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan CommitTimeout { get; set; } = TimeSpan.FromSeconds(10);
}

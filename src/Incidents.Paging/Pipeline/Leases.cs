using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>How long a claim holds: one request and its outcome, with a margin for a slow machine.</summary>
internal sealed class Leases(IOptions<TwilioOptions> options)
{
    private static readonly Duration Margin = Duration.FromSeconds(3);

    public Duration Timeout { get; } = Duration.FromTimeSpan(options.Value.Timeout);

    public Duration Length => Timeout + Margin;
}

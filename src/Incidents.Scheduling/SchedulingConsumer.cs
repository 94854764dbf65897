using Incidents.Contracts.Messages;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Transactions;
using Incidents.Scheduling.Swaps;

namespace Incidents.Scheduling;

/// <summary>The endpoint <c>scheduling</c>: timers of swap requests.</summary>
internal sealed class SchedulingConsumer(SwapService swaps) : IEndpointConsumer
{
    /// <summary>In the order of their ids, so that two batches never wait for one another.</summary>
    public async Task Consume(IReadOnlyList<Received> messages, Work work, CancellationToken cancellationToken)
    {
        foreach (var due in messages.OrderBy(m => m.Seq).Select(m => m.Message).OfType<SwapDue>().OrderBy(d => d.Swap))
            await swaps.Due(work, due, cancellationToken);
    }

    /// <summary>Nothing falls silent: a request whose time is over takes no answer any more, whether its timer ran or not, and the row stands among the parked.</summary>
    public Task Parked(Received message, string error, Work work, CancellationToken cancellationToken) => Task.CompletedTask;
}

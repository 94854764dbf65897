namespace Incidents.Contracts.Messages;

/// <summary>A timer of a swap request ran out. <paramref name="What"/>: <c>7d</c>, <c>3d</c>, <c>1d</c>, <c>12h</c> (a reminder that long before it lapses) or <c>lapse</c>.</summary>
public sealed record SwapDue(Guid Swap, string What);

using Incidents.Paging.Model;

namespace Incidents.Paging.Channels;

/// <summary>Where an attempt stands, in the words of the channel contract. Pure.</summary>
internal static class DeliveryStates
{
    public static DeliveryState Of(AttemptState state, Reason reason) => state switch
    {
        AttemptState.Waiting or AttemptState.Sending => DeliveryState.Queued,
        // A call that ended without anybody's taking it.
        AttemptState.Sent when reason is Reason.Busy or Reason.NoAnswer => DeliveryState.Failed,
        AttemptState.Failed when reason == Reason.Machine => DeliveryState.AnsweredByMachine,
        AttemptState.Sent => DeliveryState.Sent,
        AttemptState.Delivered => DeliveryState.Delivered,
        AttemptState.Answered => DeliveryState.AnsweredByPerson,
        AttemptState.Canceled => DeliveryState.Canceled,
        _ => DeliveryState.Failed,
    };
}

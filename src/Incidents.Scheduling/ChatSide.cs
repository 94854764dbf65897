using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Scheduling.Shifts;
using Incidents.Scheduling.Swaps;
using NodaTime;

namespace Incidents.Scheduling;

/// <inheritdoc cref="IShifts"/>
internal sealed class ShiftReader(OnCall onCall) : IShifts
{
    private static readonly Duration Horizon = Duration.FromDays(400);

    public IReadOnlyList<OnCallShift> Running(OrganisationSnapshot organisation, string schedule, Instant at)
        => onCall.Of(organisation).LineOf(schedule) is not { } line ? [] :
        [
            .. new[] { Position.Primary, Position.Secondary }.Where(position => line.Has(position, at))
                .SelectMany(position => line.ShiftsAt(position, at, Horizon)).Select(shift => Of(schedule, shift)),
        ];

    public IReadOnlyList<OnCallShift> Between(OrganisationSnapshot organisation, string schedule, Instant from, Instant to)
        => onCall.Of(organisation).LineOf(schedule) is not { } line ? [] : [.. line.Shifts(from, to).OrderBy(s => s.From).Select(shift => Of(schedule, shift))];

    public IReadOnlyList<OnCallShift> OfPerson(OrganisationSnapshot organisation, string login, Instant from, Instant to)
        => [.. onCall.Of(organisation).ShiftsOfPerson(login, from, to).OrderBy(s => s.From).Select(shift => Of(shift.Schedule?.Name ?? "", shift))];

    private static OnCallShift Of(string schedule, Shift shift)
        => new(schedule, shift.Position, shift.People, shift.From, shift.To, JsonNamingPolicy.CamelCase.ConvertName(shift.Why.Kind.ToString()));
}

/// <inheritdoc cref="ISwapRequests"/>
internal sealed class SwapRequests(SwapDesk desk) : ISwapRequests
{
    public async Task<Result<long>> Offer(ShiftOffer offer, Actor actor, CancellationToken cancellationToken)
    {
        var body = new SwapRequest(actor.Login, offer.From, offer.To, null, new SwapOffer(offer.People.Count == 0 ? null : offer.People, Anyone: offer.People.Count == 0), offer.Reason, null);
        var asked = SwapAsking.Read(offer.Schedule, body, actor, desk.Organisation, desk.OnCall, desk.Now);
        if (asked.Error is { } error)
            return error;
        var made = await desk.Service.Create(asked.Value, actor, cancellationToken);
        return made.Error is { } refused ? refused : made.Value.Number;
    }
}

using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Channels.Twilio;
using Incidents.Paging.Channels.Voice;
using Incidents.Paging.Notices;
using Incidents.Paging.Pipeline;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Trials;

/// <summary>What a call says that is no page: a code, digit by digit, or that this is a test and which key to press.</summary>
internal sealed class TrialCalls(TrialTable trials, TrialStates states, IOrganisation organisation, StatusReports reports, WorkRunner works, IOptions<PagingAddresses> addresses)
{
    /// <summary>Somebody or something picked up. Null: this is no code and no test.</summary>
    public async Task<IResult?> Speak(CallState state, IFormCollection form, CancellationToken cancellationToken)
    {
        if (await Find(state, cancellationToken) is not { } trial)
            return null;
        var listener = Listener.Of(organisation, trial.Person);
        var sid = form["CallSid"].ToString() is { Length: > 0 } given ? given : null;
        if (AnsweredBy.IsMachine(form["AnsweredBy"]) && !state.Proven)
        {
            // No code for a mailbox.
            await reports.Add(new StatusReport(trial.Id, sid, StatusMeaning.Machine, TwilioStatuses.MachineRank));
            return Twiml.Response(Twiml.Gather((state with { Proven = true }).Voice(addresses.Value), Twiml.Say(listener.Texts.TestMachine, listener.Voice)), Twiml.Hangup());
        }
        await reports.Add(new StatusReport(trial.Id, sid, StatusMeaning.PickedUp, TwilioStatuses.Read("in-progress").Rank));
        if (trial.Kind == TrialTable.CodeKind)
        {
            var code = await states.CodeOf(trial.Id, cancellationToken);
            return Twiml.Response(Twiml.Say(code is null ? listener.Texts.Goodbye : $"{listener.Texts.CodeCall(string.Join(", ", code.AsEnumerable()))} {listener.Texts.Goodbye}", listener.Voice), Twiml.Hangup());
        }
        return Twiml.Response(
            Twiml.Gather((state with { Turn = state.Turn + 1 }).Digits(addresses.Value), Twiml.Say(listener.Texts.TestCall, listener.Voice)),
            Twiml.Say(listener.Texts.Goodbye, listener.Voice), Twiml.Hangup());
    }

    /// <summary>A key in a test: as if it were an acknowledgement, what has not gone out of it stays where it is.</summary>
    public async Task<IResult?> Press(CallState state, CancellationToken cancellationToken)
    {
        if (await Find(state, cancellationToken) is not { Kind: TrialTable.TestKind } trial)
            return null;
        await works.Run(work => trials.Stop(work, trial.Person, trial.Key, cancellationToken), cancellationToken);
        var listener = Listener.Of(organisation, trial.Person);
        return Twiml.Response(Twiml.Say($"{listener.Texts.TestCallDone} {listener.Texts.Goodbye}", listener.Voice), Twiml.Hangup());
    }

    private async Task<Notice?> Find(CallState state, CancellationToken cancellationToken)
        => state.Attempt is { } id && await trials.Find(id, cancellationToken) is { Channel: ContactKind.Voice } trial ? trial : null;
}

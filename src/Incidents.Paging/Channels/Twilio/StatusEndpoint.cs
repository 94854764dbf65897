using Incidents.Paging.Pipeline;
using Incidents.Paging.Trials;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Channels.Twilio;

/// <summary>Reports are written in batches, and answered after the commit.</summary>
internal sealed class StatusReports(WorkRunner works, StatusStore store, TrialStates trials, Pump pump) : IAsyncDisposable
{
    private readonly Lazy<Batcher<StatusReport>> batcher = new(() => new Batcher<StatusReport>((batch, cancel) => works.Run(async work =>
    {
        // Lines may have become free, and calls due for cancellation.
        work.AfterCommit(pump.Wake);
        await store.Write(batch, work, cancel);
        await trials.Report(batch, work, cancel);
    }, cancel)));

    public Task Add(StatusReport report) => batcher.Value.Add(report);

    public async ValueTask DisposeAsync()
    {
        if (batcher.IsValueCreated)
            await batcher.Value.Stop();
    }
}

/// <summary><c>POST /callbacks/twilio/status?attempt=…</c>: how far a call or message has come.</summary>
internal static class StatusEndpoint
{
    public static async Task<IResult> Handle(HttpContext http, string? attempt, StatusReports reports, IOptions<VoiceOptions> voice)
    {
        var form = http.Request.HasFormContentType ? http.Request.Form : FormCollection.Empty;
        var call = form["CallStatus"].ToString();
        var message = form["MessageStatus"].ToString();
        var (meaning, rank) = TwilioStatuses.Read(call.Length > 0 ? call : message);
        // While the vendor still listens whether a person answered, "in progress" says nothing; its verdict comes with the request for what to say.
        if (call == "in-progress" && voice.Value.MachineDetection)
            meaning = StatusMeaning.Underway;
        if (call == "completed" && AnsweredBy.IsMachine(form["AnsweredBy"]))
            (meaning, rank) = TwilioStatuses.Read(TwilioStatuses.Machine);
        // Nothing that anybody waits for: no transaction for it. A crash before our own outcome is found by looking at the vendor.
        if (meaning == StatusMeaning.Underway)
            return TypedResults.Ok();
        var sid = call.Length > 0 ? form["CallSid"].ToString() : form["MessageSid"].ToString();
        if (!Guid.TryParse(attempt, out var id))
            return TypedResults.Ok();
        await reports.Add(new StatusReport(id, sid.Length > 0 ? sid : null, meaning, rank));
        return TypedResults.Ok();
    }
}

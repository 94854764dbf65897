using Incidents.Contracts.Organisation;
using Incidents.Paging.Model;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed class Call_when_nobody_takes_it
{
    [Theory, EveryDatabase]
    public async Task a_machine_is_no_answer_and_the_next_rule_follows_at_once(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open("A secret title");
        var call = await Call_when_answered.Ring(app, incident, "joao");
        Assert.Equal(("Enable", "5"), (call.Form["MachineDetection"], call.Form["MachineDetectionTimeout"]));
        Assert.Empty(app.Vendor.Messages);

        await app.Status(call.Attempt, "in-progress");
        Assert.Equal(AttemptState.Sent, (await app.Attempts()).Single(a => a.Id == call.Attempt).State);
        var heard = await Call_when_answered.Answer(app, call, "machine_start");

        Assert.Contains("Se você é uma pessoa", heard.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", heard.Value, StringComparison.Ordinal);
        Assert.Equal("Hangup", heard.Elements().Last().Name.LocalName);
        await PagingPaths.Soon(() => app.Vendor.Messages.Any(m => m.To == FakeOrganisation.Joao), "the text that was to come after ten minutes");
        var attempt = (await app.Attempts()).Single(a => a.Id == call.Attempt);
        Assert.Equal((AttemptState.Failed, Reason.Machine), (attempt.State, attempt.Reason));
        Assert.Contains(await app.Timeline(incident.Number), t => t is { Kind: "pageFailed", Person: "joao" } && t.Text.EndsWith("answered by a machine", StringComparison.Ordinal));
        Assert.DoesNotContain(await app.Timeline(incident.Number), t => t.Kind == "answered");
        Assert.Empty(await app.Sent("escalation.person-unreachable"));

        await app.Status(call.Attempt, "completed");
        Assert.Equal(AttemptState.Failed, (await app.Attempts()).Single(a => a.Id == call.Attempt).State);
    }

    [Theory, EveryDatabase]
    public async Task without_a_further_rule_the_person_is_unreachable(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open();
        var call = await Call_when_answered.Ring(app, incident, "tiina");

        await Call_when_answered.Answer(app, call, "fax");
        await Call_when_answered.Answer(app, call, "fax");

        var told = Assert.Single(await app.Sent("escalation.person-unreachable"));
        Assert.Contains("\"machine\"", told, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task a_key_proves_that_it_was_a_person(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open();
        var call = await Call_when_answered.Ring(app, incident, "tiina");

        var heard = await Call_when_answered.Press(app, await Call_when_answered.Answer(app, call, "machine_start"), "1");

        Assert.StartsWith("Sev 1, checkout", heard.Value, StringComparison.Ordinal);
        Assert.Equal((AttemptState.Answered, Reason.None), Now(await app.Attempts(), call));
        await Call_when_answered.Press(app, heard, "4");
        Assert.Contains(await app.Timeline(incident.Number), t => t is { Kind: "answered", Person: "tiina" });
    }

    [Theory, EveryDatabase]
    public async Task of_a_machine_is_learned_from_the_vendors_record_too(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open();
        var call = await Call_when_answered.Ring(app, incident, "joao");
        app.Vendor.Status = "completed";
        app.Vendor.AnsweredBy = "machine_start";

        await PagingPaths.Drive(app, TimeSpan.FromSeconds(5), () => app.Vendor.Messages.Any());

        Assert.Equal((AttemptState.Failed, Reason.Machine), Now(await app.Attempts(), call));
    }

    [Theory, EveryDatabase]
    public async Task busy_is_tried_once_more_and_the_next_rule_does_not_wait(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open();
        await app.Page(incident, "ana");
        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Sent) == 2, "call and text");
        var rule = (await app.Attempts()).Single(a => a.State == AttemptState.Waiting).DueAt;

        await app.Status(app.Vendor.Calls.Single().Attempt, "busy");

        var again = Assert.Single(await app.Attempts(), a => a.Repetition == 1);
        Assert.Equal((60, ContactKind.Voice, FakeOrganisation.Ana), ((int)(again.DueAt - again.CreatedAt).TotalSeconds, again.Channel, again.Address));
        Assert.Equal(rule, (await app.Attempts()).Single(a => a.State == AttemptState.Waiting && a.Repetition == 0).DueAt);
        app.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(app.Vendor.Calls);
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(200), () => app.Vendor.Calls.Count() == 2);

        await app.Status(again.Id, "no-answer");
        Assert.Single(await app.Attempts(), a => a.Repetition > 0);
    }

    [Theory, EveryDatabase]
    public async Task is_not_tried_again_once_somebody_has_it(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open();
        var call = await Call_when_answered.Ring(app, incident, "tiina");
        await app.Status(call.Attempt, "no-answer");
        Assert.Single(await app.Attempts(), a => a.Repetition == 1);

        await app.Acknowledge(incident, "bruno");
        await PagingPaths.Soon(async () => (await app.Attempts()).Single(a => a.Repetition == 1).State == AttemptState.Canceled, "taken back");

        app.Time.Advance(TimeSpan.FromMinutes(2));
        await Eventually.Stays(() => app.Vendor.Calls.Count() == 1, "nobody is called", TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
    }

    private static (AttemptState, Reason) Now(List<Attempt> attempts, VendorCall call)
    {
        var attempt = attempts.Single(a => a.Id == call.Attempt);
        return (attempt.State, attempt.Reason);
    }
}
